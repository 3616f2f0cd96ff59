import type { Completion } from '@codemirror/autocomplete';
import { type DocumentedFunction, type DocumentedType, FUNCTIONS } from '#engine/expression/functions.ts';

/** What people reach for first stands first. */
const BOOST: Readonly<Record<string, number>> = {
  $json: 99,
  $input: 90,
  $now: 80,
  $today: 79,
  $if: 70,
  $workflow: 60,
};

/** One completion per name: several rows of the table may document one (`$('Node').first()`, `.last()` …). */
function completions(rows: readonly DocumentedFunction[]): Completion[] {
  const byName = new Map<string, DocumentedFunction>();
  for (const row of rows) if (!byName.has(row.name)) byName.set(row.name, row);
  return [...byName.values()].map((row) => completion(row));
}

function completion({ name, signature, summary, example }: DocumentedFunction): Completion {
  const call = signature.startsWith(`${name}(`);
  const bare = signature.startsWith(`${name}()`);
  return {
    label: call ? signature : name,
    type: call ? 'function' : 'variable',
    info: `${summary}\n${example}`,
    boost: BOOST[name] ?? 0,
    apply: bare ? `${name}()` : call ? `${name}(` : name,
  };
}

const BY_TYPE: ReadonlyMap<DocumentedType, Completion[]> = new Map(
  [...Map.groupBy(FUNCTIONS, (f) => f.on)].map(([type, rows]) => [type, completions(rows)]),
);
const of = (type: DocumentedType): readonly Completion[] => BY_TYPE.get(type) ?? [];

/** Opens the list of node names. */
const OTHER_NODE: Completion = {
  label: "$('…')",
  type: 'variable',
  info: 'Items of another node',
  boost: 95,
  apply: (view, _completion, from, to) =>
    view.dispatch({
      changes: { from, to, insert: "$('" },
      selection: { anchor: from + 3 },
      userEvent: 'input.complete',
    }),
};

/** Names that every template can use. */
export const VARIABLES: readonly Completion[] = [
  OTHER_NODE,
  ...of('global').filter((c) => !c.label.startsWith('$(')),
];

/** Methods that fit a value; dates are the most common values without a sample (`$now.`). */
export function methodsOf(value: unknown): readonly Completion[] {
  if (value === undefined) return of('date');
  if (Array.isArray(value)) return of('array');
  switch (typeof value) {
    case 'string':
      return of('string');
    case 'number':
      return of('number');
    case 'boolean':
      return of('boolean');
    default:
      return value === null ? [] : of('object');
  }
}
