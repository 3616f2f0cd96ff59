import { NodeError } from '#engine/errors.ts';
import type { ExpressionScope } from '#engine/expression/scope.ts';
import { compileValue } from '#engine/expression/template.ts';
import type { ExecuteContext } from '#engine/node.ts';
import { hasTemplate } from '../fields.ts';
import { getPath } from '../paths.ts';
import { voterScope } from './voter-scope.ts';
import type { Voter } from './voters.ts';

/** Gives a field of a voter's item, by path, or what an expression says of it. Without text there is nothing. */
export function reader(context: ExecuteContext, field: string, text: string): (voter: Voter) => unknown {
  if (text.trim() === '') return () => undefined;
  if (!hasTemplate(text)) {
    const path = text.trim();
    return ({ item }) => (item ? getPath(item.json, path) : undefined);
  }
  // Under its own name, so that what fails names the field.
  const compiled = compileValue({ [field]: text });
  const scopes = new Map<string, ExpressionScope>();
  return (voter) => {
    const { item, port, index } = voter;
    if (!item) return undefined;
    let scope = scopes.get(port);
    if (!scope) {
      scope = voterScope(context, { [port]: context.inputs[port] ?? [] });
      scopes.set(port, scope);
    }
    try {
      return (compiled.render(scope, index) as Record<string, unknown>)[field];
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      const { kind, message, ...data } = error.data;
      throw new NodeError(kind, `${voter.name}: ${message}`, { ...data, ...placeOf(voter) });
    }
  };
}

/** null, missing, blank text and NaN are no value. */
export const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  Number.isNaN(value) ||
  (typeof value === 'string' && value.trim() === '');

const LABELS = { number: 'Number', score: 'Confidence', weight: 'Weight' } as const;

/** A number or its text; null where there is nothing. Throws NodeError(config) that names the field and the voter. */
export function numberOf(
  value: unknown,
  field: keyof typeof LABELS,
  voter: Voter,
  least = -Infinity,
): number | null {
  // A NaN is a sum gone wrong, not a value left out.
  if (isNothing(value) && typeof value !== 'number') return null;
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN;
  if (Number.isFinite(number) && number >= least) return number;
  const must = Number.isFinite(number) ? `must not be less than ${least}` : 'must be a number';
  throw new NodeError('config', `“${LABELS[field]}” of ${voter.name} ${must}, but got ${shorten(value)}.`, {
    field,
    ...placeOf(voter),
  });
}

/** The item of a failure, as the editor counts: items of the first input. */
export const placeOf = ({ input, index }: Voter) =>
  input === 0 ? { itemIndex: index } : { itemIndex: undefined };

function shorten(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
