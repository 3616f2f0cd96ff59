'use client';

import { json } from '@codemirror/lang-json';
import { EditorView } from '@codemirror/view';
import { useState } from 'react';
import { CodeEditor } from '#components/fields/code-mirror/code-editor.tsx';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { isTriggerNode } from '../definition-of.ts';
import { useEditing, useEditorStore } from '../editor-context.tsx';
import { sampleOf } from '../expression/node-inputs.ts';
import { keepTestInput, parseTestInput, readTestInput } from '../run/test-input.ts';

const EXTENSIONS = [json(), EditorView.theme({ '.cm-content': { minHeight: '180px' } })];

/** Test data for a trigger: what a webhook would have received, say. Kept per workflow until the tab closes. */
export function RunInputDialog({ onClose }: { onClose: () => void }) {
  const { actions } = useEditing();
  const { draft, workflowId, selection } = useEditorStore().getState();
  const triggers = draft.nodes.filter((n) => isTriggerNode(n) && !n.disabled);
  const first = triggers.find((n) => selection.includes(n.id)) ?? triggers[0];
  const [triggerId, setTriggerId] = useState(first?.id);
  const key = triggerId ?? '';
  const [texts, setTexts] = useState<Record<string, string>>({});
  const text =
    texts[key] ?? readTestInput(workflowId, key) ?? example(triggers.find((n) => n.id === triggerId));
  const parsed = parseTestInput(text);
  const run = () => {
    if (!parsed) return;
    keepTestInput(workflowId, key, text);
    onClose();
    actions.run({ triggerNodeId: triggerId, input: parsed });
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>Run with test data</DialogTitle>
          <DialogDescription>One JSON object: the item that the trigger gives.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          {triggers.length > 1 ? (
            <Select value={triggerId} onValueChange={setTriggerId}>
              <SelectTrigger aria-label="Start from">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {triggers.map((n) => (
                  <SelectItem key={n.id} value={n.id}>
                    {n.name}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          ) : null}
          <CodeEditor
            key={key}
            label="Test data"
            value={text}
            onChange={(next) => setTexts({ ...texts, [key]: next })}
            extensions={EXTENSIONS}
            invalid={!parsed}
            indents
            className="max-h-[50dvh] overflow-y-auto"
          />
          {parsed ? null : <p className="text-danger text-xs">This is not a JSON object yet.</p>}
        </DialogBody>
        <DialogFooter>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" disabled={!parsed} onClick={run} data-testid="run-with-input">
            Run
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

const example = (node: WorkflowNode | undefined): string =>
  JSON.stringify((node && sampleOf(node)[0]?.json) ?? {}, null, 2);
