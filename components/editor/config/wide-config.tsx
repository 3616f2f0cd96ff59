'use client';

import { Dialog } from 'radix-ui';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { useEditorStore } from '../editor-context.tsx';
import { ConfigHeader } from './config-header.tsx';
import { InputPanel } from './input-panel.tsx';
import { OutputPanel } from './output-panel.tsx';
import { ParametersTab } from './parameters-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

/** One node over the whole page: what comes in, its form, what comes out, side by side. */
export function WideConfig({ node, onWide }: { node: WorkflowNode; onWide: (wide: boolean) => void }) {
  const store = useEditorStore();
  return (
    <Dialog.Root open onOpenChange={(open) => open || store.getState().openNode(null)}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-overlay data-[state=open]:animate-fade-in" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-5 z-40 flex flex-col overflow-hidden rounded-xl border border-border bg-surface shadow-dialog outline-none data-[state=open]:animate-dialog-in"
          onOpenAutoFocus={(event) => event.preventDefault()}
          // menus and popovers live in portals of their own; a click there is not a click outside
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Dialog.Title className="sr-only">{node.name}</Dialog.Title>
          <div className="border-border border-b">
            <ConfigHeader node={node} wide onWide={onWide} />
          </div>
          <Group orientation="horizontal" className="min-h-0 flex-1">
            <Panel minSize="18%" defaultSize="30%" className="bg-background/50">
              <InputPanel node={node} />
            </Panel>
            <Handle />
            <Panel minSize="28%" defaultSize="40%" className="flex flex-col">
              <Tabs defaultValue="parameters" className="flex min-h-0 flex-1 flex-col">
                <TabsList className="shrink-0 px-4">
                  <TabsTrigger value="parameters">Parameters</TabsTrigger>
                  <TabsTrigger value="settings">Settings</TabsTrigger>
                </TabsList>
                <TabsContent value="parameters" className="min-h-0 flex-1 overflow-y-auto">
                  <ParametersTab node={node} />
                </TabsContent>
                <TabsContent value="settings" className="min-h-0 flex-1 overflow-y-auto">
                  <SettingsTab node={node} />
                </TabsContent>
              </Tabs>
            </Panel>
            <Handle />
            <Panel minSize="18%" defaultSize="30%" className="bg-background/50">
              <OutputPanel node={node} />
            </Panel>
          </Group>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const Handle = () => (
  <Separator className="w-px bg-border transition-colors hover:bg-ring data-[separator=active]:bg-ring" />
);
