import { isObject, short } from './difference.ts';
import { judgeByMatcher } from './expressions.ts';
import type { Row } from './rows.ts';
import type { Measure } from './verdict.ts';

const TYPES: ReadonlySet<unknown> = new Set(['boolean', 'number', 'string', 'array', 'object']);

/** Whether a value may become one of a type, and which: as a field of a Set node whose type is chosen. */
export const typedFields: Measure = {
  command: 'run',
  line({ id, args }) {
    const [, value, type] = args as unknown[];
    const assignments = [
      { id: '1', name: 'field', type, value: typeof value === 'string' ? value : `={{ $json.value }}` },
    ];
    const parameters = { assignments: { assignments }, options: {} };
    return {
      id,
      trigger: { items: [{ json: { value } }] },
      workflow: {
        nodes: [
          { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
          { name: 'Set', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters },
        ],
        connections: { Start: { main: [[{ node: 'Set', type: 'main', index: 0 }]] } },
      },
    };
  },
  judge(row, answer) {
    const { status, nodes } = answer as {
      status: string;
      nodes?: { Set?: { json: { field?: unknown } }[][][] };
    };
    const item = nodes?.Set?.[0]?.[0]?.[0];
    if (status === 'completed' && !item) return `no item: ${short(nodes)}`;
    const value = status === 'completed' ? { valid: true, newValue: item?.json.field } : { valid: false };
    return judgeByMatcher(row, { value });
  },
};

/** Strictness and the like are not a matter of that node. */
export const isTypedField = ({ fn, args, partial }: Row): boolean =>
  fn === 'validateFieldType' &&
  partial !== true &&
  Array.isArray(args) &&
  TYPES.has(args[2]) &&
  !(isObject(args[3]) && args[3].strict === true);
