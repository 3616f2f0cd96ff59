import type { N8nImporter } from '../n8n.ts';
import { jsonObject, rows, text } from '../n8n-values.ts';

const TYPES: ReadonlySet<string> = new Set(['any', 'string', 'number', 'boolean', 'array', 'object']);

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.executeWorkflowTrigger'],
    map: (_node, version, { original }) => {
      const source = version < 1.1 ? 'passthrough' : text(original.inputSource, 'workflowInputs');
      return { type: 'sub-workflow-trigger', parameters: { inputs: inputsOf(source, original) } };
    },
  },
];

function inputsOf(source: string, original: Record<string, unknown>): { name: string; type: string }[] {
  if (source === 'passthrough') return [];
  if (source === 'jsonExample') {
    const example = jsonObject(original.jsonExample) ?? {};
    return Object.entries(example).map(([name, value]) => ({ name, type: typeOf(value) }));
  }
  return rows(original.workflowInputs, 'values').flatMap((row) => {
    const name = text(row.name);
    const type = text(row.type, 'string');
    return name === '' ? [] : [{ name, type: TYPES.has(type) ? type : 'any' }];
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'any';
  return Array.isArray(value) ? 'array' : typeof value;
}
