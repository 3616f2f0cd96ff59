import { type Check, type Compile, listOf, SchemaError, wrong } from './json-schema-parts.ts';

/** Keywords that put other schemas together. */
export const COMBINATION_CHECKS: Readonly<Record<string, Compile>> = {
  $ref: (value, { root, compile }) => compile(targetOf(value, root)),
  allOf: (value, { compile }) => {
    const checks = listOf('allOf', value).map(compile);
    return (it, run, place) => {
      for (const check of checks) {
        const found = check(it, run, place);
        if (found) return found;
      }
      return null;
    };
  },
  anyOf: (value, { compile }) => {
    const checks = listOf('anyOf', value).map(compile);
    return (it, run, place) =>
      checks.some((check) => check(it, run, place) === null)
        ? null
        : wrong(place, 'does not match any of the possible forms');
  },
  oneOf: (value, { compile }) => {
    const checks = listOf('oneOf', value).map(compile);
    return (it, run, place) => {
      const count = checks.filter((check) => check(it, run, place) === null).length;
      return count === 1 ? null : wrong(place, `matches ${count} of the possible forms instead of one`);
    };
  },
  not: (value, { compile }) => {
    const check = compile(value);
    return (it, run, place) => (check(it, run, place) ? null : wrong(place, 'has a form that is excluded'));
  },
  if: (value, { schema, compile }) => {
    const condition = compile(value);
    const branch = (name: 'then' | 'else'): Check | null =>
      Object.hasOwn(schema, name) ? compile(schema[name]) : null;
    const [yes, no] = [branch('then'), branch('else')];
    return (it, run, place) => (condition(it, run, place) === null ? yes : no)?.(it, run, place) ?? null;
  },
};

/** The part of the schema that a reference names. Nothing is ever fetched. */
function targetOf(reference: unknown, root: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference))
    throw new SchemaError(`refers to something outside of it: ${String(reference).slice(0, 200)}`);
  let target = root;
  for (const part of reference.split('/').slice(1)) {
    const key = unescaped(part);
    const inside = typeof target === 'object' && target !== null && Object.hasOwn(target, key);
    if (!inside) throw new SchemaError(`refers to a part that it does not have: ${reference.slice(0, 200)}`);
    target = (target as Record<string, unknown>)[key];
  }
  return target;
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    throw new SchemaError(`has a reference that cannot be read: ${part.slice(0, 200)}`);
  }
}
