import { canonical } from '#nodes/canonical.ts';
import {
  type Check,
  type Compile,
  countOf,
  entriesOf,
  isObject,
  listOf,
  namesOf,
  type Place,
  type Run,
  wrong,
} from './json-schema-parts.ts';
import { patternOf } from './json-schema-values.ts';

/** Keywords about lists. Until 2019 `items` could be a list of schemas, which is called `prefixItems` now. */
export const ARRAY_CHECKS: Readonly<Record<string, Compile>> = {
  items: (value, { schema, compile }) => {
    if (Array.isArray(value)) return inPlaces(value.map(compile));
    const before = Array.isArray(schema.prefixItems) ? schema.prefixItems.length : 0;
    return elements(compile(value), before);
  },
  prefixItems: (value, { compile }) => inPlaces(listOf('prefixItems', value).map(compile)),
  additionalItems: (value, { schema, compile }) =>
    Array.isArray(schema.items) ? elements(compile(value), schema.items.length) : null,
  minItems: (value) => {
    const limit = countOf('minItems', value);
    return list((it) => it.length >= limit, `must have at least ${limit} elements`);
  },
  maxItems: (value) => {
    const limit = countOf('maxItems', value);
    return list((it) => it.length <= limit, `must have at most ${limit} elements`);
  },
  uniqueItems: (value) =>
    value === true
      ? list((it, run) => {
          const texts = it.map(canonical);
          for (const text of texts) run.budget.grow(text.length);
          return new Set(texts).size === it.length;
        }, 'must not hold anything twice')
      : null,
  contains: (value, { schema, compile }) => {
    const check = compile(value);
    const min = schema.minContains === undefined ? 1 : countOf('minContains', schema.minContains);
    const max =
      schema.maxContains === undefined
        ? Number.POSITIVE_INFINITY
        : countOf('maxContains', schema.maxContains);
    return list((it, run, place) => {
      const fitting = it.filter((element, key) => check(element, run, { up: place, key }) === null).length;
      return fitting >= min && fitting <= max;
    }, 'does not hold what it must');
  },
};

/** Keywords about objects. Only fields of their own count, whatever their names are. */
export const OBJECT_CHECKS: Readonly<Record<string, Compile>> = {
  required: (value) => {
    const names = namesOf('required', value);
    return fields((it, run, place) => {
      run.budget.step(names.length);
      const missing = names.find((name) => !Object.hasOwn(it, name));
      return missing === undefined ? null : wrong({ up: place, key: missing }, 'is missing');
    });
  },
  properties: (value, { compile }) => {
    const checks = entriesOf('properties', value).map(([name, schema]) => [name, compile(schema)] as const);
    return fields((it, run, place) => {
      run.budget.step(checks.length);
      for (const [name, check] of checks) {
        const found = Object.hasOwn(it, name) && check(it[name], run, { up: place, key: name });
        if (found) return found;
      }
      return null;
    });
  },
  patternProperties: (value, { compile }) => {
    const checks = entriesOf('patternProperties', value).map(
      ([pattern, schema]) => [patternOf(pattern), compile(schema)] as const,
    );
    return everyField((name, it, run, place) => {
      for (const [pattern, check] of checks) {
        const found = pattern.find(run.budget, name, 0) && check(it, run, place);
        if (found) return found;
      }
      return null;
    });
  },
  additionalProperties: (value, { schema, compile }) => {
    const check = compile(value);
    const named = new Set(isObject(schema.properties) ? Object.keys(schema.properties) : []);
    const patterns = isObject(schema.patternProperties)
      ? Object.keys(schema.patternProperties).map(patternOf)
      : [];
    return everyField((name, it, run, place) =>
      named.has(name) || patterns.some((pattern) => pattern.find(run.budget, name, 0))
        ? null
        : check(it, run, place),
    );
  },
  propertyNames: (value, { compile }) => {
    const check = compile(value);
    return everyField((name, _it, run, place) => check(name, run, place));
  },
  minProperties: (value) => {
    const limit = countOf('minProperties', value);
    return fields((it, _run, place) =>
      Object.keys(it).length >= limit ? null : wrong(place, `must have at least ${limit} fields`),
    );
  },
  maxProperties: (value) => {
    const limit = countOf('maxProperties', value);
    return fields((it, _run, place) =>
      Object.keys(it).length <= limit ? null : wrong(place, `must have at most ${limit} fields`),
    );
  },
  dependentRequired: (value) => {
    const rules = entriesOf('dependentRequired', value).map(
      ([name, needed]) => [name, namesOf('dependentRequired', needed)] as const,
    );
    return fields((it, run, place) => {
      for (const [name, needed] of rules) {
        run.budget.step(needed.length);
        const missing = Object.hasOwn(it, name) && needed.find((other) => !Object.hasOwn(it, other));
        if (missing) return wrong({ up: place, key: missing }, `is missing beside ${name}`);
      }
      return null;
    });
  },
};

const inPlaces =
  (checks: readonly Check[]): Check =>
  (it, run, place) => {
    if (!Array.isArray(it)) return null;
    for (const [key, check] of checks.entries()) {
      const found = key < it.length ? check(it[key], run, { up: place, key }) : null;
      if (found) return found;
    }
    return null;
  };

const elements =
  (check: Check, from: number): Check =>
  (it, run, place) => {
    if (!Array.isArray(it)) return null;
    for (let key = from; key < it.length; key++) {
      const found = check(it[key], run, { up: place, key });
      if (found) return found;
    }
    return null;
  };

const list =
  (fits: (it: unknown[], run: Run, place: Place) => boolean, message: string): Check =>
  (it, run, place) =>
    !Array.isArray(it) || fits(it, run, place) ? null : wrong(place, message);

const fields =
  (check: (it: Record<string, unknown>, run: Run, place: Place) => ReturnType<Check>): Check =>
  (it, run, place) =>
    isObject(it) ? check(it, run, place) : null;

const everyField = (
  check: (name: string, value: unknown, run: Run, place: Place) => ReturnType<Check>,
): Check =>
  fields((it, run, place) => {
    for (const name of Object.keys(it)) {
      run.budget.step();
      const found = check(name, it[name], run, { up: place, key: name });
      if (found) return found;
    }
    return null;
  });
