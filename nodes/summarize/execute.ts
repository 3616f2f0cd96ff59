import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, toMain } from '../implement.ts';
import { hasPath, nameList } from '../paths.ts';
import { summarize } from './definition.ts';
import { compute, type FigureRule, nameOf, plainName } from './figures.ts';
import { type Group, groupsOf } from './groups.ts';

type Input = InputOf<(typeof summarize)['operations']['default']['fields']>;

export const summarizeNode = implement(summarize, {
  default: async (context) =>
    toMain(context.items.length === 0 ? [] : await summaries(context, context.input(0))),
});

async function summaries(context: OperationContext<Input>, input: Input): Promise<Item[]> {
  const jsons = context.items.map((item) => item.json);
  const { options } = input;
  const rule: FigureRule = { dots: options.dotNotation ?? true, textNumbers: options.textNumbers ?? true };
  const all = jsons.map((_, index) => sourceAt(index));
  if (lacksField(input, jsons, rule.dots)) return [{ json: {}, source: all }];
  const fields = nameList(input.groupBy);
  const groups = groupsOf(jsons, {
    fields,
    dots: rule.dots,
    skipEmpty: options.skipEmptyGroups ?? false,
    asText: options.textGroups ?? false,
  });
  const nested: JsonObject = {};
  const items: Item[] = [];
  for (const group of groups) {
    const pause = context.breathe();
    if (pause) await pause;
    const members = group.indexes.map((index) => jsons[index]!);
    const figures: JsonObject = {};
    for (const figure of input.values) put(figures, nameOf(figure), compute(figure, members, rule));
    if (options.output === 'nested') nest(nested, group, figures);
    else items.push({ json: { ...named(fields, group), ...figures }, source: group.indexes.map(sourceAt) });
  }
  return options.output === 'nested' ? [{ json: nested, source: all }] : items;
}

/** True when a field is nowhere and one empty item shall say so. */
function lacksField({ values, options }: Input, jsons: JsonObject[], dots: boolean): boolean {
  const missing = options.missing ?? 'ignore';
  if (missing === 'ignore') return false;
  for (const [n, { field }] of values.entries()) {
    if (jsons.some((json) => hasPath(json, field, dots))) continue;
    if (missing === 'empty') return true;
    throw new NodeError('config', `No item has a field “${field}”.`, { field: `values.${n}.field` });
  }
  return false;
}

function named(fields: string[], { values }: Group): JsonObject {
  const json: JsonObject = {};
  for (const [n, field] of fields.entries())
    if (values[n] !== undefined) put(json, plainName(field), values[n]);
  return json;
}

function nest(target: JsonObject, { values }: Group, figures: JsonObject): void {
  let place = target;
  for (const value of values) {
    const key = typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (!Object.hasOwn(place, key)) put(place, key, {});
    if (!Object.hasOwn(place, key)) return;
    place = place[key] as JsonObject;
  }
  Object.assign(place, figures);
}

function put(json: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') json[key] = value;
}
