import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import type { NodeResult, WorkflowCallResult } from '#engine/node.ts';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { coerce } from '../coerce.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext } from '../implement.ts';
import { setPath } from '../paths.ts';
import { executeWorkflow } from './definition.ts';

type Input = InputOf<(typeof executeWorkflow)['operations']['default']['fields']>;

/**
 * Calls are idempotent by key: while a child runs, this node sleeps without a slot, and is executed again when the child
 * has ended; the same call then finds the finished child.
 */
export const executeWorkflowNode = implement(executeWorkflow, {
  default: async (context) => {
    const each = context.input(0).mode === 'each';
    const groups = each ? context.items.map((_, i) => [i]) : [context.items.map((_, i) => i)];
    const waits = context.input(0).options.waitForEnd ?? true;
    const results = await Promise.all(groups.map((indexes) => call(context, indexes, waits)));
    if (!waits) return { outputs: { main: context.items } };
    const pending = results.flatMap((result) => (result.status === 'pending' ? [result.executionId] : []));
    return pending.length > 0 ? sleepUntil(pending) : { outputs: { main: collect(results, each) } };
  },
});

function call(
  context: OperationContext<Input>,
  indexes: number[],
  waitForEnd: boolean,
): Promise<WorkflowCallResult> {
  const first = indexes[0] ?? 0;
  const input = context.input(first);
  return context.services.workflows.call({
    ...target(input, first),
    items: indexes.map((i) => handOver(context, i)),
    key: context.idempotencyKey(first),
    waitForEnd,
  });
}

function target(input: Input, itemIndex: number): { workflowId: string } | { workflow: Workflow } {
  if (input.source === 'stored') {
    if (input.workflowId !== '') return { workflowId: input.workflowId };
    throw new NodeError('config', 'Choose the workflow to run.', { field: 'workflowId', itemIndex });
  }
  const parsed = workflowSchema.safeParse(input.workflowJson);
  if (parsed.success) return { workflow: parsed.data };
  const issue = parsed.error.issues[0];
  throw new NodeError(
    'config',
    `The inline workflow is not valid: ${issue?.path.join('.')}: ${issue?.message}`,
    {
      field: 'workflowJson',
      itemIndex,
    },
  );
}

function handOver(context: OperationContext<Input>, itemIndex: number): Item {
  const item = context.items[itemIndex]!;
  const input = context.input(itemIndex);
  if (input.inputMode === 'items') return { json: item.json, ...(item.files ? { files: item.files } : {}) };
  const json: JsonObject = {};
  input.fields.forEach((row, i) => {
    if (row.name === '') return;
    setPath(
      json,
      row.name,
      coerce(row.value, row.type, { name: row.name, field: `fields.${i}.value`, itemIndex }),
    );
  });
  return { json };
}

const sleepUntil = (executions: string[]): NodeResult => ({
  outputs: {},
  wait: { until: null, executions, completeWithOutputs: false },
});

/** One call per item: its items come from that item. One call for all: where its items come from is not known. */
function collect(results: WorkflowCallResult[], each: boolean): Item[] {
  return results.flatMap((result, index) => {
    if (result.status !== 'completed') return [];
    return result.items.map(({ json, files }) => ({
      json,
      ...(files ? { files } : {}),
      ...(each ? { source: { item: index } } : {}),
    }));
  });
}
