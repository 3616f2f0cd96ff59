'use client';

import { useEffect, useState } from 'react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { useEditor, useRun } from '../editor-context.tsx';
import { nodeView } from '../run/node-view.ts';
import { ConfigHeader } from './config-header.tsx';
import { InputPanel } from './input-panel.tsx';
import { OutputPanel } from './output-panel.tsx';
import { ParametersTab } from './parameters-tab.tsx';
import { SettingsTab } from './settings-tab.tsx';

export type ConfigTab = 'parameters' | 'settings' | 'input' | 'output';

interface ConfigPanelProps {
  node: WorkflowNode;
  onWide?: (wide: boolean) => void;
  firstTab?: ConfigTab;
}

/** One node, as a narrow panel with tabs. The tab stays while one walks from node to node. */
export function ConfigPanel({ node, onWide, firstTab = 'parameters' }: ConfigPanelProps) {
  const [tab, setTab] = useState<ConfigTab>(firstTab);
  const focusField = useEditor((s) => s.focusField);
  const status = useRun((s) => nodeView(s.state, node.id).status);
  useEffect(() => {
    if (focusField !== null) setTab('parameters');
  }, [focusField]);
  return (
    <section
      aria-label={`Configuration of ${node.name}`}
      className="flex h-full min-h-0 flex-col"
      data-testid="config-panel"
    >
      <ConfigHeader node={node} wide={false} onWide={onWide} />
      <Tabs
        value={tab}
        onValueChange={(next) => setTab(next as ConfigTab)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList className="shrink-0 px-4">
          <TabsTrigger value="parameters">Parameters</TabsTrigger>
          <TabsTrigger value="settings">Settings</TabsTrigger>
          <TabsTrigger value="input">Input</TabsTrigger>
          <TabsTrigger value="output">
            Output
            {status === 'failed' ? <span className="size-1.5 rounded-full bg-danger" /> : null}
            {status === 'completed' ? <span className="size-1.5 rounded-full bg-success" /> : null}
          </TabsTrigger>
        </TabsList>
        <TabsContent value="parameters" className="min-h-0 flex-1 overflow-y-auto">
          <ParametersTab node={node} />
        </TabsContent>
        <TabsContent value="settings" className="min-h-0 flex-1 overflow-y-auto">
          <SettingsTab node={node} />
        </TabsContent>
        <TabsContent value="input" className="min-h-0 flex-1">
          <InputPanel node={node} />
        </TabsContent>
        <TabsContent value="output" className="min-h-0 flex-1">
          <OutputPanel node={node} />
        </TabsContent>
      </Tabs>
    </section>
  );
}
