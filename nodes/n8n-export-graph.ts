import type { FileRef } from '#engine/item.ts';
import type { Workflow, WorkflowSettings } from '#engine/workflow.ts';
import { isPlain } from './paths.ts';

type Values = Record<string, unknown>;

/** Connections by the name of the node that they leave: `{name: {main: [[{node, type, index}], …]}}`. */
export class Connections {
  private readonly byName = new Map<string, Map<string, Values[][]>>();

  add(from: string, kind: string, output: number, to: string, toKind: string, input: number): void {
    const kinds = this.byName.get(from) ?? new Map<string, Values[][]>();
    this.byName.set(from, kinds);
    const outputs = kinds.get(kind) ?? [];
    kinds.set(kind, outputs);
    while (outputs.length <= output) outputs.push([]);
    outputs[output]!.push({ node: to, type: toKind, index: input });
  }

  toJSON(): Values {
    return Object.fromEntries([...this.byName].map(([name, kinds]) => [name, Object.fromEntries(kinds)]));
  }
}

/** n8n counts in whole seconds, and runs branches one after the other in both of its orders. */
export function theirSettings(settings: WorkflowSettings): Values {
  const { timezone, timeoutMs, order, saveData } = settings;
  return {
    executionOrder: order === 'breadth-first' ? 'v0' : 'v1',
    timezone,
    ...(timeoutMs > 0 ? { executionTimeout: Math.ceil(timeoutMs / 1000) } : {}),
    ...(saveData === 'all' ? {} : { saveDataSuccessExecution: 'none' }),
    ...(saveData === 'none' ? { saveDataErrorExecution: 'none' } : {}),
  };
}

/** What the settings of a workflow say that those of n8n cannot. */
export function settingsLosses(settings: WorkflowSettings): string[] {
  const reasons: string[] = [];
  if (settings.order === 'parallel')
    reasons.push('n8n runs branches one after the other, not at the same time.');
  if (settings.errorWorkflowId !== null) reasons.push('Choose its error workflow again in n8n.');
  if (settings.timeoutMs % 1000 !== 0) reasons.push('Its time limit is rounded up to whole seconds.');
  if (settings.concurrency !== null) reasons.push('n8n has no limit of executions at a time per workflow.');
  if (settings.priority !== 'normal') reasons.push('n8n has no priorities.');
  if (settings.tier !== 'auto') reasons.push('n8n does not choose workers for a workflow.');
  return reasons;
}

/** Pinned items; files that are stored elsewhere cannot go along. Returns how many those are, too. */
export function theirPinData(
  pinData: Workflow['pinData'],
  names: ReadonlyMap<string, string>,
): { pinData: Values; filesLeft: number } {
  const result: [string, Values[]][] = [];
  let filesLeft = 0;
  for (const [id, items] of Object.entries(pinData)) {
    const name = names.get(id);
    if (name === undefined) continue;
    const theirs = items.map((item) => {
      const files = isPlain(item.files) ? (Object.entries(item.files) as [string, FileRef][]) : [];
      const inline = files.filter(([, file]) => typeof file.data === 'string');
      filesLeft += files.length - inline.length;
      return {
        json: item.json,
        ...(inline.length > 0
          ? { binary: Object.fromEntries(inline.map(([key, file]) => [key, theirFile(file)])) }
          : {}),
      };
    });
    result.push([name, theirs]);
  }
  return { pinData: Object.fromEntries(result), filesLeft };
}

const theirFile = ({ data, mimeType, name }: FileRef): Values => ({
  data,
  mimeType,
  ...(name === undefined ? {} : { fileName: name }),
});
