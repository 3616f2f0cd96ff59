import { type Answer, ask } from './command-line.ts';
import { CORE_NODES } from './core-nodes.ts';
import { isObject } from './difference.ts';
import type { Row } from './rows.ts';
import type { Verdict } from './verdict.ts';

interface ReportNode {
  name: string;
  type: string;
  status: 'mapped' | 'approximated' | 'placeholder';
  reason?: string;
}

/** Workflows by many authors: import, how many of their nodes have a counterpart, and whether their expressions parse. */
export async function measureTemplates(rows: readonly Row[]): Promise<Record<string, Verdict[]>> {
  const imported = await ask(
    'import',
    rows.map(({ id, workflow }) => ({ id, workflow })),
  );
  const expressions = rows.flatMap((row) =>
    [...new Set(expressionsOf(row.workflow))].map((expr) => ({ id: row.id, name: String(row.name), expr })),
  );
  const parsed = await ask(
    'eval',
    expressions.map(({ id, expr }) => ({ id, expr, parse: true })),
  );
  return {
    'templates: import': rows.map((row, i) => importVerdict(row, imported[i])),
    'templates: nodes': rows.flatMap((row, i) => nodeVerdicts(row, imported[i])),
    'templates: expressions': expressions.map(({ id, expr }, i): Verdict => {
      const error = parsed[i] ? parsed[i].error : 'no answer';
      return {
        id,
        name: expr,
        ...(error === undefined ? { outcome: 'passed' } : { outcome: 'missed', reason: String(error) }),
      };
    }),
  };
}

function importVerdict({ id, name }: Row, answer: Answer | undefined): Verdict {
  const about = { id, name: String(name) };
  if (answer?.report) return { ...about, outcome: 'passed' };
  return { ...about, outcome: 'missed', reason: String(answer?.error ?? 'no answer') };
}

/** Services and models are not asked for here. */
function nodeVerdicts({ id }: Row, answer: Answer | undefined): Verdict[] {
  const nodes = ((answer?.report as { nodes?: ReportNode[] } | undefined)?.nodes ?? []) as ReportNode[];
  return nodes.flatMap(({ name, type, status, reason }): Verdict[] => {
    if (!CORE_NODES.has(type.replace('n8n-nodes-base.', ''))) return [];
    const about = { id, name: `${type} “${name}”` };
    return [
      status === 'placeholder' ? { ...about, outcome: 'missed', reason } : { ...about, outcome: 'passed' },
    ];
  });
}

function expressionsOf(workflow: unknown): string[] {
  const nodes = isObject(workflow) && Array.isArray(workflow.nodes) ? workflow.nodes : [];
  return nodes.flatMap((node: unknown) =>
    isObject(node) ? [...stringsOf(node.parameters)].filter((text) => text.startsWith('=')) : [],
  );
}

function* stringsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) yield* stringsOf(one);
}
