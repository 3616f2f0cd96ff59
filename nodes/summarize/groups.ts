import type { JsonObject } from '#engine/item.ts';
import { getPath } from '../paths.ts';
import { isEmpty } from './figures.ts';

/** Items of one group: its values, one per field, and the places of its items in the input. */
export interface Group {
  values: unknown[];
  indexes: number[];
}

export interface GroupRule {
  fields: string[];
  dots: boolean;
  skipEmpty: boolean;
  /** Groups by the text of the values; texts that are whole numbers come first then, in their order. */
  asText: boolean;
}

interface Branch {
  value: unknown;
  indexes: number[];
}

/** Groups by the first field, inside each by the second and so on, in order of appearance. */
export function groupsOf(jsons: readonly JsonObject[], rule: GroupRule): Group[] {
  let groups: Group[] = [{ values: [], indexes: jsons.map((_, index) => index) }];
  for (const field of rule.fields) {
    groups = groups.flatMap((group) =>
      branches(jsons, group.indexes, field, rule).map(({ value, indexes }) => ({
        values: [...group.values, value],
        indexes,
      })),
    );
  }
  return groups;
}

function branches(jsons: readonly JsonObject[], indexes: number[], field: string, rule: GroupRule): Branch[] {
  const byKey = new Map<unknown, Branch>();
  for (const index of indexes) {
    const raw = getPath(jsons[index]!, field, rule.dots);
    if (rule.skipEmpty && isEmpty(raw)) continue;
    const value = rule.asText ? asText(raw) : raw;
    const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    const known = byKey.get(key);
    if (known) known.indexes.push(index);
    else byKey.set(key, { value, indexes: [index] });
  }
  const found = [...byKey.values()];
  if (!rule.asText) return found;
  const whole = found.filter(({ value }) => isIndex(value)).sort((a, b) => Number(a.value) - Number(b.value));
  return [...whole, ...found.filter(({ value }) => !isIndex(value))];
}

const isIndex = (value: unknown) => typeof value === 'string' && /^(?:0|[1-9]\d{0,8})$/.test(value);
const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));
