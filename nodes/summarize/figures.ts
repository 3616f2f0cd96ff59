import type { JsonObject } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { getPath } from '../paths.ts';
import type { summarize } from './definition.ts';

export type Figure = InputOf<(typeof summarize)['operations']['default']['fields']>['values'][number];

export interface FigureRule {
  dots: boolean;
  /** "12" counts as 12 in sums. */
  textNumbers: boolean;
}

const PREFIX: Record<Figure['aggregation'], string> = {
  count: 'count',
  countUnique: 'unique_count',
  sum: 'sum',
  average: 'average',
  min: 'min',
  max: 'max',
  append: 'appended',
  concatenate: 'concatenated',
};

/** What the figure is called: as the person said, or `sum_amount`. */
export const nameOf = (figure: Figure): string =>
  figure.name || `${PREFIX[figure.aggregation]}_${plainName(figure.field)}`;

/** A path as one name: `items[0].price` is `items0_price`. */
export const plainName = (field: string): string => field.replace(/[[\]"]/g, '').replace(/[ .]/g, '_');

/** The figure over these items. Empty values (missing, null, '') count only where the figure says so. */
export function compute(figure: Figure, jsons: readonly JsonObject[], rule: FigureRule): unknown {
  const values = jsons.map((json) => getPath(json, figure.field, rule.dots));
  const present = values.filter((value) => !isEmpty(value));
  const counted = figure.includeEmpty ? values : present;
  switch (figure.aggregation) {
    case 'count':
      return present.length;
    case 'countUnique':
      return new Set(counted.map(identity)).size;
    case 'sum':
      return sum(numbers(present, rule));
    case 'average': {
      const list = numbers(present, rule);
      return list.length === 0 ? null : sum(list) / list.length;
    }
    case 'min':
      return best(present, (value, least) => value < least);
    case 'max':
      return best(present, (value, most) => value > most);
    case 'append':
      return counted.map((value) => value ?? null);
    case 'concatenate':
      return counted.map(toText).join(figure.separator);
  }
}

export const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

function numbers(values: unknown[], { textNumbers }: FigureRule): number[] {
  return values.flatMap((value) => {
    const number = textNumbers && typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && !Number.isNaN(number) ? [number] : [];
  });
}
const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);

type Comparable = string | number;
function best(values: unknown[], better: (value: Comparable, other: Comparable) => boolean): unknown {
  let found: unknown = null;
  for (const value of values)
    if (found === null || better(value as Comparable, found as Comparable)) found = value;
  return found;
}

const identity = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : value);
const toText = (value: unknown) =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
