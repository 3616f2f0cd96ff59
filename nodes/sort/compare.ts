/** Where null and missing values go: to the end, to the start, or null among the numbers as 0. */
export type Blanks = 'last' | 'first' | 'zero';

/**
 * Order of two values, for a sort in this direction (1 ascending, -1 descending): texts by their letters, everything else
 * by number; what is no number comes after the numbers. Empty values keep their place whatever the direction.
 */
export function compareValues(a: unknown, b: unknown, sign: number, blanks: Blanks): number {
  const blankA = isBlank(a, blanks);
  const blankB = isBlank(b, blanks);
  if (blankA || blankB) {
    if (blankA && blankB) return 0;
    return blankA === (blanks === 'first') ? -1 : 1;
  }
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : a < b ? -sign : sign;
  const numberA = toNumber(a);
  const numberB = toNumber(b);
  const noA = Number.isNaN(numberA);
  const noB = Number.isNaN(numberB);
  if (noA && noB) return byText(toText(a), toText(b)) * sign;
  if (noA || noB) return noA ? sign : -sign;
  return numberA === numberB ? 0 : numberA < numberB ? -sign : sign;
}

const isBlank = (value: unknown, blanks: Blanks) =>
  value === undefined || (value === null && blanks !== 'zero');

/** Lists and objects have no number, although JavaScript finds one for some of them. */
const toNumber = (value: unknown): number =>
  typeof value === 'object' && value !== null ? Number.NaN : value === '' ? Number.NaN : Number(value);

const toText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const byText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
