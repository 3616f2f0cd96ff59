import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TableDoor } from '#engine/node.ts';
import { getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { createTable } from '#server/tables/commands.ts';
import type { Table } from '#server/tables/schema.ts';
import { openTables } from '#server/tables/table-door.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

let ada: Person;
let eve: Person;
let door: TableDoor;
let table: Table;
let n = 0;
beforeAll(async () => {
  ada = await createPerson('Ada');
  eve = await createPerson('Eve');
  door = openTables(ada.scope);
});
beforeEach(async () => {
  table = await createTable(ada.scope, {
    name: `People ${++n}`,
    columns: [
      { name: 'name', type: 'string' },
      { name: 'age', type: 'number' },
      { name: 'active', type: 'boolean' },
      { name: 'born', type: 'date' },
    ],
  });
});

const all = { match: 'all' as const, conditions: [] };
const where = (column: string, operator: 'eq', value: unknown) => ({
  match: 'all' as const,
  conditions: [{ column, operator, value }],
});
const add = (...rows: Record<string, unknown>[]) =>
  door.insert(
    table.id,
    rows.map((values, i) => ({ values, key: `key ${++n} ${i}` })),
  );
const names = async (filter: Parameters<TableDoor['select']>[1], order = {}) =>
  (await door.select(table.name, filter, { limit: 100, ...order })).map((row) => row.name);

describe('rows', () => {
  it('have the types of their columns, whatever comes in', async () => {
    const [row] = await add({ name: 5, age: '36', active: 'yes', born: '1815-12-10' });
    expect(row).toEqual({
      id: expect.any(Number),
      name: '5',
      age: 36,
      active: true,
      born: '1815-12-10T00:00:00.000Z',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    expect(await add({})).toMatchObject([{ name: null, age: null, active: null, born: null }]);
    await expect(add({ age: 'old' })).rejects.toThrow('The column “age” takes a number, not "old".');
    await expect(add({ nam: 'x' })).rejects.toThrow(
      'The table has no column “nam”; it has name, age, active, born.',
    );
    await expect(add({ __proto__: null, constructor: 1 })).rejects.toThrow('no column “constructor”');
  });

  it('are found by every operator, in the type of the column', async () => {
    await add(
      { name: 'Ada', age: 9, active: true, born: '2020-01-02T00:00:00Z' },
      { name: 'bob', age: 10, active: false, born: '2019-05-05T00:00:00Z' },
      { name: '', age: null },
    );
    const by = (column: string, operator: string, value?: unknown) =>
      names({ match: 'all', conditions: [{ column, operator: operator as 'eq', value }] });
    expect(await by('age', 'gt', '9')).toEqual(['bob']);
    expect(await by('age', 'lte', 10)).toEqual(['Ada', 'bob']);
    expect(await by('age', 'neq', 9)).toEqual(['bob', '']);
    expect(await by('age', 'eq', null)).toEqual(['']);
    expect(await by('name', 'like', 'A%')).toEqual(['Ada']);
    expect(await by('name', 'ilike', 'B%')).toEqual(['bob']);
    expect(await by('name', 'isEmpty')).toEqual(['']);
    expect(await by('active', 'isTrue')).toEqual(['Ada']);
    expect(await by('active', 'isFalse')).toEqual(['bob']);
    expect(await by('born', 'gte', '2020-01-01')).toEqual(['Ada']);
    expect(await by('id', 'gt', 0)).toHaveLength(3);
    expect(
      await names({
        match: 'any',
        conditions: [
          { column: 'name', operator: 'eq', value: 'Ada' },
          { column: 'age', operator: 'eq', value: 10 },
        ],
      }),
    ).toEqual(['Ada', 'bob']);
    expect(await names(all, { orderBy: 'age', descending: true, limit: 2 })).toEqual(['bob', 'Ada']);
  });

  it('take names and values as values, never as SQL', async () => {
    await add({ name: "x' or 1=1 --" }, { name: 'other' });
    expect(await names(where('name', 'eq', "x' or 1=1 --"))).toEqual(["x' or 1=1 --"]);
    await expect(names(where("name' or true --", 'eq', 'x'))).rejects.toThrow('no column');
  });

  it('change and go, and are counted', async () => {
    await add({ name: 'a', age: 1 }, { name: 'b', age: 2 }, { name: 'c', age: 3 });
    expect(await door.update(table.id, where('name', 'eq', 'b'), { age: 20 })).toMatchObject([
      { name: 'b', age: 20 },
    ]);
    expect(await door.delete(table.id, where('age', 'eq', 1))).toMatchObject([{ name: 'a' }]);
    expect(await names(all)).toEqual(['b', 'c']);
    const { rowCount } = await ada.caller().tables.get({ id: table.id });
    expect(rowCount).toBe(2);
  });

  it('of a write that is repeated are there once', async () => {
    const rows = [
      { values: { name: 'a' }, key: 'e:n:0:0' },
      { values: { name: 'b' }, key: 'e:n:0:1' },
    ];
    const first = await door.insert(table.id, rows);
    expect(await door.insert(table.id, rows)).toEqual(first);
    const more = [...rows, { values: { name: 'c' }, key: 'e:n:0:2' }];
    expect((await door.insert(table.id, more)).map((row) => row.name)).toEqual(['a', 'b', 'c']);
    expect((await ada.caller().tables.get({ id: table.id })).rowCount).toBe(3);
  });

  it('never become more than a table may have, whoever adds at the same time', async () => {
    const room = env().LINKFLOW_MAX_TABLE_ROWS;
    env().LINKFLOW_MAX_TABLE_ROWS = 10;
    try {
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, () => add({ name: 'x' }, { name: 'y' })),
      );
      expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(5);
      expect(tries.find((t) => t.status === 'rejected')).toMatchObject({
        reason: { data: { kind: 'limit', message: expect.stringContaining('full') } },
      });
      const { rows } = await getPool().query('select 1 from data_row where table_id = $1', [table.id]);
      expect(rows).toHaveLength(10);
    } finally {
      env().LINKFLOW_MAX_TABLE_ROWS = room;
    }
  });
});

describe('tables', () => {
  it('have a name of their own', async () => {
    const { tables } = ada.caller();
    await expect(tables.create({ name: table.name, columns: [] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(tables.create({ name: 'x', columns: [{ name: 'id', type: 'number' }] })).rejects.toThrow(
      'has this column already',
    );
  });

  it('get and lose columns; a column that comes again is empty', async () => {
    await add({ name: 'a', age: 1 });
    const { tables } = ada.caller();
    const without = table.columns.filter((column) => column.name !== 'age');
    await tables.update({ id: table.id, columns: without });
    await tables.update({ id: table.id, columns: [...without, { name: 'age', type: 'string' }] });
    expect(await door.select(table.id, all, { limit: 1 })).toMatchObject([{ name: 'a', age: null }]);
    await expect(
      tables.update({ id: table.id, columns: [{ name: 'name', type: 'number' }] }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('are listed a page of rows at a time, and gone with their rows', async () => {
    await add({ name: 'a' }, { name: 'b' }, { name: 'c' });
    const { tables } = ada.caller();
    const first = await tables.rows({ id: table.id, limit: 2 });
    expect(first.data.map((row) => row.name)).toEqual(['a', 'b']);
    const second = await tables.rows({ id: table.id, limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ data: [{ name: 'c' }], nextCursor: null });
    const newest = await tables.rows({ id: table.id, limit: 2, order: 'newest' });
    expect(newest.data.map((row) => row.name)).toEqual(['c', 'b']);
    const oldest = await tables.rows({
      id: table.id,
      limit: 2,
      order: 'newest',
      cursor: newest.nextCursor!,
    });
    expect(oldest).toMatchObject({ data: [{ name: 'a' }], nextCursor: null });
    await tables.deleteRows({ id: table.id, rowIds: [second.data[0]!.id] });
    await tables.updateRow({ id: table.id, rowId: first.data[0]!.id, values: { name: 'z' } });
    expect(await names(all)).toEqual(['z', 'b']);
    await tables.delete({ id: table.id });
    await expect(names(all)).rejects.toThrow('There is no table');
  });

  it('belong to their workspace, by id and by name', async () => {
    const stranger = openTables(eve.scope);
    for (const name of [table.id, table.name])
      await expect(stranger.select(name, all, { limit: 1 })).rejects.toMatchObject({
        data: { kind: 'config' },
      });
  });
});
