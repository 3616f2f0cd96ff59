import type { Item, JsonObject } from '#engine/item.ts';
import { tryCoerce } from '../coerce.ts';
import type { InputOf } from '../fields.ts';
import { derive, implement } from '../implement.ts';
import { getPath, parsePath, setPath, shallowCopy } from '../paths.ts';
import { compilePattern } from '../pattern.ts';
import { checkValue, type Finding, isBlank, type Rule } from './check-value.ts';
import { validate } from './definition.ts';

type Input = InputOf<(typeof validate)['operations']['default']['fields']>;
type ItemFinding = Finding & { field: string };

export const validateNode = implement(validate, {
  default: async (context) => {
    const valid: Item[] = [];
    const invalid: Item[] = [];
    for (const [index, item] of context.items.entries()) {
      const pause = context.breathe();
      if (pause) await pause;
      const input = context.input(index);
      const { json, findings } = check(item.json, input);
      if (findings.length === 0) valid.push(derive(item, index, json));
      else {
        setPath(json, input.options.errorsField || 'errors', findings, false);
        invalid.push(derive(item, index, json));
      }
    }
    return { outputs: { valid, invalid } };
  },
});

/** What is wrong with an item, and a copy of it with texts converted where that was asked for. */
function check(
  original: JsonObject,
  { rules, options }: Input,
): { json: JsonObject; findings: ItemFinding[] } {
  const dots = options.dotNotation ?? true;
  const json = shallowCopy(original);
  const findings: ItemFinding[] = [];
  for (const [n, rule] of rules.entries()) {
    let value = getPath(json, rule.field, dots);
    if (options.convert) {
      const converted = convert(value, rule);
      if (converted !== value) setPath(json, rule.field, converted, dots);
      value = converted;
    }
    const pattern = rule.pattern ? compilePattern(rule.pattern, {}, `rules.${n}.pattern`) : undefined;
    for (const found of checkValue(value, rule, pattern)) findings.push({ field: rule.field, ...found });
  }
  if (options.refuseOthers) findings.push(...unknownFields(original, rules, dots));
  return { json, findings };
}

/** Text that says a number or true or false, where the rule asks for that. */
function convert(value: unknown, { type }: Rule): unknown {
  if (typeof value !== 'string' || isBlank(value.trim())) return value;
  if (type === 'boolean') return tryCoerce(value, 'boolean') ?? value;
  return type === 'number' || type === 'integer' ? (tryCoerce(value, 'number') ?? value) : value;
}

function unknownFields(json: JsonObject, rules: Rule[], dots: boolean): ItemFinding[] {
  const known = new Set(rules.flatMap(({ field }) => [field, dots ? (parsePath(field)[0] ?? field) : field]));
  return Object.keys(json)
    .filter((name) => !known.has(name))
    .map((name) => ({ field: name, rule: 'unknown', message: `${name} is not expected.` }));
}
