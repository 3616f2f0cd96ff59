'use client';

import { useMemo } from 'react';
import type { TemplateWorld } from '#components/fields/form-context.tsx';
import type { Workflow } from '#engine/workflow.ts';
import { useEditor, useRun } from '../editor-context.tsx';
import { reach } from '../store/navigate.ts';
import { evaluateTemplate } from './evaluate.ts';
import { firstItems, nodeInputs, sampleOf } from './node-inputs.ts';

/** What templates of one node can reach now, from the shown execution or, before there is one, from samples. */
export function useTemplateWorld(nodeId: string): TemplateWorld {
  const draft = useEditor((s) => s.draft);
  const workflowId = useEditor((s) => s.workflowId);
  const state = useRun((s) => s.state);
  const chosen = useRun((s) => s.chosenRun[nodeId]);
  return useMemo(() => {
    const inputs = nodeInputs(draft, state, nodeId, chosen);
    const json = firstItems(inputs.ports)[0]?.json ?? null;
    return {
      json,
      nodeNames: nearestFirst(draft, nodeId),
      sampleOf(name) {
        const node = draft.nodes.find((n) => n.name === name);
        if (!node) return null;
        const outputs = inputs.state.nodes[node.id]?.at(-1)?.outputs ?? {};
        return (firstItems(outputs)[0] ?? draft.pinData[node.id]?.[0] ?? sampleOf(node)[0])?.json ?? null;
      },
      evaluate: (template) =>
        // an example would look like a result: better no preview than a made-up one
        inputs.origin === 'sample' || (inputs.origin === 'none' && /\$(json|input|\()/.test(template))
          ? null
          : evaluateTemplate(template, { workflowId, draft, nodeId, inputs, itemIndex: 0 }),
    };
  }, [draft, workflowId, state, chosen, nodeId]);
}

/** Nodes that ran before this one come first. */
function nearestFirst(draft: Workflow, nodeId: string): string[] {
  const before = new Set(reach(draft, [nodeId], 'up'));
  const others = draft.nodes.filter((n) => n.id !== nodeId);
  return [
    ...others.filter((n) => before.has(n.id)).reverse(),
    ...others.filter((n) => !before.has(n.id)),
  ].map((n) => n.name);
}
