import type { Field, Fields } from '#nodes/fields.ts';

/** What a fresh row starts with: conditions and required lists are open at once. */
export const firstRowOf = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, spec]) => {
      const value = firstValue(spec);
      return value === undefined ? [] : [[name, value]];
    }),
  );

export const FIRST_CONDITION = { left: '', operator: 'string.equals', right: '' };

function firstValue(spec: Field): unknown {
  if (spec.kind === 'conditions') return { combinator: 'and', rows: [FIRST_CONDITION] };
  if (spec.kind === 'list' && spec.required) return [firstRowOf(spec.fields)];
  return undefined;
}
