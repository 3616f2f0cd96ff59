import { Budget } from '#engine/expression/budget.ts';
import { FatalExpressionError } from '#engine/expression/failures.ts';
import { COMBINATION_CHECKS } from './json-schema-combinations.ts';
import { ARRAY_CHECKS, OBJECT_CHECKS } from './json-schema-containers.ts';
import { type Check, type Compile, type Finding, isObject, SchemaError, wrong } from './json-schema-parts.ts';
import { VALUE_CHECKS } from './json-schema-values.ts';

/** A compiled JSON Schema. Gives the first thing that is wrong with a value, or null. */
export type JsonSchema = (value: unknown) => Finding | null;

const MAX_SCHEMA_CHARS = 100_000;
const MAX_SCHEMAS = 2_000;
const MAX_NESTING = 60;
/** A schema may refer to itself; whatever is walked deeper than this goes in circles. */
const MAX_WALK = 600;
/** Work on one value: a third of what an expression may do. */
const STEPS = 1_000_000;

/** They change what is accepted, and we do not know how: better refused than half done. */
const UNSUPPORTED = [
  'unevaluatedProperties',
  'unevaluatedItems',
  '$dynamicRef',
  '$recursiveRef',
  'dependentSchemas',
  'dependencies',
] as const;

const KEYWORDS: Readonly<Record<string, Compile>> = {
  ...VALUE_CHECKS,
  ...ARRAY_CHECKS,
  ...OBJECT_CHECKS,
  ...COMBINATION_CHECKS,
};

/**
 * Compiles a schema (draft 7 to 2020-12) that a user wrote. It is never turned into code, its patterns run on an engine that
 * cannot hang, and its references stay inside it. Throws SchemaError that says what cannot be used.
 */
export function compileJsonSchema(source: unknown): JsonSchema {
  if (typeof source !== 'boolean' && !isObject(source)) throw new SchemaError('must be an object');
  if (JSON.stringify(source).length > MAX_SCHEMA_CHARS)
    throw new SchemaError(`has more than ${MAX_SCHEMA_CHARS} letters`);
  const check = compiler(source);
  return (value) => {
    const budget = new Budget();
    budget.steps = STEPS;
    try {
      return check(value, { budget, depth: 0 }, null);
    } catch (thrown) {
      if (thrown instanceof FatalExpressionError) return { path: '', message: 'takes too long to check' };
      throw thrown;
    }
  };
}

function compiler(root: unknown): Check {
  const known = new Map<unknown, { check?: Check }>();
  let count = 0;
  const compile = (schema: unknown, depth: number): Check => {
    if (schema === true) return () => null;
    if (schema === false) return (_value, _run, place) => wrong(place, 'is not expected');
    if (!isObject(schema)) throw new SchemaError('has a part that is no schema');
    const before = known.get(schema);
    // one that refers to itself is not finished yet when it is needed
    if (before) return (value, run, place) => before.check!(value, run, place);
    if (++count > MAX_SCHEMAS) throw new SchemaError(`has more than ${MAX_SCHEMAS} parts`);
    if (depth > MAX_NESTING) throw new SchemaError(`is nested deeper than ${MAX_NESTING} levels`);
    const entry: { check?: Check } = {};
    known.set(schema, entry);
    entry.check = inTurn(checksOf(schema, (inner) => compile(inner, depth + 1), root));
    return entry.check;
  };
  return compile(root, 0);
}

function checksOf(
  schema: Record<string, unknown>,
  compile: (schema: unknown) => Check,
  root: unknown,
): Check[] {
  for (const name of UNSUPPORTED)
    if (Object.hasOwn(schema, name)) throw new SchemaError(`uses ${name}, which is not supported`);
  return Object.keys(KEYWORDS).flatMap((name) =>
    Object.hasOwn(schema, name) ? (KEYWORDS[name]!(schema[name], { schema, root, compile }) ?? []) : [],
  );
}

const inTurn =
  (checks: readonly Check[]): Check =>
  (value, run, place) => {
    run.budget.step();
    if (++run.depth > MAX_WALK) throw new FatalExpressionError('limit', 'goes in circles');
    for (const check of checks) {
      const found = check(value, run, place);
      if (found) {
        run.depth--;
        return found;
      }
    }
    run.depth--;
    return null;
  };
