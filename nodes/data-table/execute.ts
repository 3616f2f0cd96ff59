import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { TableDoor, TableFilter, TableRow } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext, passOn, toMain } from '../implement.ts';
import { dataTable } from './definition.ts';

type Operations = (typeof dataTable)['operations'];
type Filter = Pick<InputOf<Operations['delete']['fields']>, 'table' | 'match' | 'conditions'>;
type Values = Pick<InputOf<Operations['insert']['fields']>, 'table' | 'mode' | 'values'>;

/** Rows of one statement: a table of 10,000 items is written in twenty. */
const ROWS_AT_ONCE = 500;

export const dataTableNode = implement(dataTable, {
  insert: async (context) => {
    const valuesOf = valuesReader(context);
    if (context.node.settings.onError === 'stop') return toMain(await insertMany(context, valuesOf));
    return forEachItem(context, async (item, i, { table, ...input }) => {
      const values = await valuesOf(item, { table, ...input });
      const key = context.idempotencyKey(i);
      return toItems(await context.services.tables.insert(table, [{ values, key }]), i);
    });
  },
  get: (context) =>
    forEachItem(context, async (_item, i, input) => {
      const { limit, orderBy, descending } = input;
      const rows = await context.services.tables.select(input.table, filterOf(input), {
        limit,
        descending,
        ...(orderBy ? { orderBy } : {}),
      });
      return toItems(rows, i);
    }),
  update: (context) => {
    const valuesOf = valuesReader(context);
    return forEachItem(context, async (item, i, input) => {
      const values = await valuesOf(item, input);
      return toItems(await context.services.tables.update(input.table, conditionsOf(input, i), values), i);
    });
  },
  upsert: (context) => {
    const valuesOf = valuesReader(context);
    return forEachItem(context, async (item, i, input) => {
      const values = await valuesOf(item, input);
      const rows = await context.services.tables.update(input.table, conditionsOf(input, i), values);
      if (rows.length > 0) return toItems(rows, i);
      const key = context.idempotencyKey(i);
      const added = await context.services.tables.insert(input.table, [{ values, key }]);
      return toItems(added, i);
    });
  },
  delete: (context) =>
    forEachItem(context, async (_item, i, input) => {
      const rows = await context.services.tables.delete(input.table, conditionsOf(input, i));
      return toItems(rows, i);
    }),
  exists: async (context) => {
    const found: Item[] = [];
    const missing: Item[] = [];
    for (const [i, item] of context.items.entries()) {
      const input = context.input(i);
      const rows = await context.services.tables.select(input.table, filterOf(input), { limit: 1 });
      (rows.length > 0 ? found : missing).push(passOn(item, i));
    }
    return { outputs: { found, missing } };
  },
});

const toItems = (rows: readonly TableRow[], itemIndex: number): Item[] =>
  rows.map((row) => ({ json: row, source: sourceAt(itemIndex) }));

const filterOf = ({ match, conditions }: Filter): TableFilter => ({ match, conditions });

/** What changes or deletes rows must say which: a list of conditions that was left empty would mean all. */
function conditionsOf(input: Filter, itemIndex: number): TableFilter {
  if (input.conditions.length > 0) return filterOf(input);
  throw new NodeError('config', 'Say which rows: add at least one condition.', {
    field: 'conditions',
    itemIndex,
  });
}

type ReadValues = (item: Item, input: Values) => Promise<Record<string, unknown>>;

/** The values of an item's row; asks for the columns of each table once. */
function valuesReader(context: OperationContext<unknown>): ReadValues {
  const known = new Map<string, ReturnType<TableDoor['columns']>>();
  return async (item, { table, mode, values }) => {
    if (mode === 'define') return Object.fromEntries(values.map(({ column, value }) => [column, value]));
    const columns = known.get(table) ?? context.services.tables.columns(table);
    known.set(table, columns);
    const names = (await columns).map(({ name }) => name).filter((name) => Object.hasOwn(item.json, name));
    return Object.fromEntries(names.map((name) => [name, item.json[name]]));
  };
}

/** Many rows in one statement, those of one table together; answers in the order of the items. */
async function insertMany(context: OperationContext<Values>, valuesOf: ReadValues): Promise<Item[]> {
  const made: Item[][] = [];
  for (let from = 0; from < context.items.length; from += ROWS_AT_ONCE) {
    context.signal.throwIfAborted();
    const indexes = Array.from(context.items.slice(from, from + ROWS_AT_ONCE), (_, i) => from + i);
    for (const [table, list] of Map.groupBy(indexes, (i) => context.input(i).table)) {
      const rows = await Promise.all(
        list.map(async (i) => ({
          values: await valuesOf(context.items[i]!, context.input(i)),
          key: context.idempotencyKey(i),
        })),
      );
      const added = await context.services.tables.insert(table, rows);
      for (const [place, i] of list.entries()) made[i] = toItems(added.slice(place, place + 1), i);
    }
  }
  return made.flat();
}
