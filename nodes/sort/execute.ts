import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, passOn, toMain } from '../implement.ts';
import { getPath, hasPath } from '../paths.ts';
import { type Blanks, compareValues } from './compare.ts';
import { sort } from './definition.ts';

type Input = InputOf<(typeof sort)['operations']['default']['fields']>;
interface Row {
  item: Item;
  index: number;
  keys: unknown[];
}

export const sortNode = implement(sort, {
  default: async (context) => {
    if (context.items.length === 0) return toMain([]);
    const input = context.input(0);
    const items = context.items.map(passOn);
    return toMain(
      input.mode === 'random'
        ? shuffled(items, context.services.random)
        : await byFields(context, input, items),
    );
  },
});

async function byFields(context: OperationContext<Input>, input: Input, items: Item[]): Promise<Item[]> {
  const dots = input.options.dotNotation ?? true;
  checkFields(input, items, dots);
  const caseSensitive = input.options.caseSensitive ?? false;
  const blanks: Blanks = input.options.blanks ?? 'last';
  const signs = input.fields.map((row) => (row.direction === 'descending' ? -1 : 1));
  const rows: Row[] = [];
  for (const [index, item] of items.entries()) {
    const pause = context.breathe();
    if (pause) await pause;
    const keys = input.fields.map(({ name }) => keyOf(getPath(item.json, name, dots), caseSensitive));
    rows.push({ item, index, keys });
  }
  rows.sort((a, b) => {
    for (let n = 0; n < signs.length; n++) {
      const order = compareValues(a.keys[n], b.keys[n], signs[n]!, blanks);
      if (order !== 0) return order;
    }
    return a.index - b.index;
  });
  return rows.map((row) => row.item);
}

/** A misspelt name would leave everything as it is, and nobody would notice. */
function checkFields(input: Input, items: Item[], dots: boolean): void {
  for (const [n, { name }] of input.fields.entries()) {
    if (items.some((item) => hasPath(item.json, name, dots))) continue;
    throw new NodeError('config', `No item has a field “${name}” to sort by.`, { field: `fields.${n}.name` });
  }
}

const keyOf = (value: unknown, caseSensitive: boolean) =>
  typeof value === 'string' && !caseSensitive ? value.toLowerCase() : value;

function shuffled(items: Item[], random: () => number): Item[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [result[i], result[other]] = [result[other]!, result[i]!];
  }
  return result;
}
