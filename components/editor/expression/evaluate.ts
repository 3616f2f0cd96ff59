import type { Preview } from '#components/fields/form-context.tsx';
import { compileTemplate } from '#engine/expression/template.ts';
import { compileGraph, type Graph } from '#engine/graph.ts';
import { type Outputs, type PortItems, shownItems } from '#engine/item.ts';
import { openedRun } from '#engine/large-outputs.ts';
import { createScope } from '#engine/node-scope.ts';
import type { Workflow } from '#engine/workflow.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import type { NodeInputs } from './node-inputs.ts';

let last: { draft: Workflow; graph: Graph | null } | null = null;

/** The graph of a draft; null while the draft is too broken to have one. Only the newest is kept. */
function graphOf(draft: Workflow): Graph | null {
  if (last?.draft === draft) return last.graph;
  let graph: Graph | null = null;
  try {
    graph = compileGraph(draft, nodeCatalog);
  } catch {
    graph = null; // an unfinished draft; the issues list says what is wrong with it
  }
  last = { draft, graph };
  return graph;
}

interface Question {
  workflowId: string;
  draft: Workflow;
  nodeId: string;
  inputs: NodeInputs;
  itemIndex: number;
}

/** What a template gives for one item, by the very interpreter that runs it on the server. */
export function evaluateTemplate(template: string, question: Question): Preview | null {
  const { draft, nodeId, inputs } = question;
  const graph = graphOf(draft);
  const entry = graph?.nodes.get(nodeId);
  if (!graph || !entry) return null;
  try {
    const scope = createScope(
      {
        graph,
        execution: { id: 'preview', mode: 'manual' },
        workflow: { id: question.workflowId, name: draft.name, active: false },
        triggerItems: [],
        pinned: {},
        vars: {},
        env: {},
      },
      inputs.state,
      entry,
      itemsOf(inputs.ports),
      inputs.run,
      { clock: CLOCK, random: Math.random },
      { runsOf: (id) => (inputs.state.nodes[id] ?? []).map((run) => openedRun(run, shownItems)) },
    );
    const value = compileTemplate(template).render(scope, question.itemIndex);
    return { value: toJson(value) };
  } catch (thrown) {
    return { error: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

const itemsOf = (ports: Outputs): PortItems =>
  Object.fromEntries(Object.entries(ports).map(([port, output]) => [port, shownItems(output)]));

const CLOCK = { now: () => Date.now(), sleep: () => Promise.resolve(), yield: () => Promise.resolve() };

const toJson = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
