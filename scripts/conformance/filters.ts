import { isObject, isUndefined, short } from './difference.ts';
import { judgeByMatcher } from './expressions.ts';
import type { Measure } from './verdict.ts';

/** Conditions as a person would set them: in an If between a start and nothing else. */
export const filters: Measure = {
  command: 'run',
  line({ id, filter, now, tz }) {
    const options = isObject(filter) && isObject(filter.options) ? filter.options : {};
    // The version of conditions that a node uses follows from the node's own.
    const typeVersion = options.version === 3 ? 2.3 : options.version === 2 ? 2.2 : 2;
    return {
      id,
      now,
      timezone: tz,
      workflow: {
        nodes: [
          { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
          {
            name: 'If',
            type: 'n8n-nodes-base.if',
            typeVersion,
            parameters: { conditions: asParameter(filter) },
          },
        ],
        connections: { Start: { main: [[{ node: 'If', type: 'main', index: 0 }]] } },
        settings: { executionOrder: 'v1' },
      },
    };
  },
  judge(row, answer) {
    const { status, error, nodes } = answer as {
      status: string;
      error?: { message: string };
      nodes?: { If?: unknown[][][] };
    };
    if (status !== 'completed') return judgeByMatcher(row, { error: error?.message ?? status });
    const [met, unmet] = nodes?.If?.[0] ?? [];
    if ((met?.length ?? 0) + (unmet?.length ?? 0) !== 1) return `no answer: ${short(nodes)}`;
    return judgeByMatcher(row, { value: met?.length === 1 });
  },
};

/** What JSON has no form for becomes an expression. */
function asParameter(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asParameter);
  if (!isObject(value)) return value;
  if (typeof value.$luxon === 'string')
    return `={{ DateTime.fromISO(${JSON.stringify(value.$luxon)}, {setZone: true}) }}`;
  if (typeof value.$date === 'string') return `={{ new Date(${JSON.stringify(value.$date)}) }}`;
  if (typeof value.$number === 'string') return `={{ ${value.$number} }}`;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (isUndefined(field) ? [] : [[key, asParameter(field)]])),
  );
}
