import { describe, expect, it } from 'vitest';
import type { TableDoor, TableRow } from '#engine/node.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { dataTableNode } from './execute.ts';

type Call = [string, ...unknown[]];
const row = (id: number, more: object = {}): TableRow => ({ id, createdAt: 'c', updatedAt: 'u', ...more });

/** A door that keeps what it was asked, and answers with rows that say how they came about. */
function door(found: TableRow[] = []) {
  const calls: Call[] = [];
  const tables: TableDoor = {
    columns: async (table) => {
      calls.push(['columns', table]);
      return [
        { name: 'email', type: 'string' },
        { name: 'visits', type: 'number' },
      ];
    },
    insert: async (table, rows) => {
      calls.push(['insert', table, rows]);
      return rows.map(({ values }, i) => row(100 + i, values));
    },
    select: async (table, filter, order) => {
      calls.push(['select', table, filter, order]);
      return found;
    },
    update: async (table, filter, values) => {
      calls.push(['update', table, filter, values]);
      return found;
    },
    delete: async (table, filter) => {
      calls.push(['delete', table, filter]);
      return found;
    },
  };
  return { calls, tables };
}
const byEmail = {
  match: 'all',
  conditions: [{ column: 'email', operator: 'eq', value: 'a@b.c' }],
};

describe('adding rows', () => {
  it('takes the fields that are called like a column, asks for the columns once and writes once', async () => {
    const { calls, tables } = door();
    const result = await runNode(dataTableNode, {
      tables,
      parameters: { operation: 'insert', table: 'People' },
      items: [{ email: 'a', visits: 1, extra: true, id: 5 }, { email: 'b' }],
    });
    expect(calls).toEqual([
      ['columns', 'People'],
      [
        'insert',
        'People',
        [
          { values: { email: 'a', visits: 1 }, key: 'execution:n1:0:0' },
          { values: { email: 'b' }, key: 'execution:n1:0:1' },
        ],
      ],
    ]);
    expect(jsonOf(result)).toMatchObject([
      { id: 100, email: 'a' },
      { id: 101, email: 'b' },
    ]);
    expect(result.outputs.main!.map((item) => item.source)).toEqual([{ item: 0 }, { item: 1 }]);
  });

  it('takes the values that were chosen, into the table that each item names, in the order of the items', async () => {
    const { calls, tables } = door();
    const result = await runNode(dataTableNode, {
      tables,
      parameters: (item) => ({
        operation: 'insert',
        table: item.json.to,
        mode: 'define',
        values: [{ column: 'email', value: item.json.mail }],
      }),
      items: [
        { to: 'A', mail: '1' },
        { to: 'B', mail: '2' },
        { to: 'A', mail: '3' },
      ],
    });
    expect(calls.map(([what, table]) => [what, table])).toEqual([
      ['insert', 'A'],
      ['insert', 'B'],
    ]);
    expect(jsonOf(result).map((json) => json.email)).toEqual(['1', '2', '3']);
  });

  it('goes item by item where errors may go on', async () => {
    const { tables } = door();
    const insert = tables.insert;
    tables.insert = (table, rows) =>
      rows[0]!.values.email === 'bad' ? Promise.reject(new Error('no')) : insert(table, rows);
    const result = await runNode(dataTableNode, {
      tables,
      parameters: { operation: 'insert', table: 'People' },
      settings: { onError: 'continue' },
      items: [{ email: 'bad' }, { email: 'good' }],
    });
    expect(jsonOf(result)).toMatchObject([{ error: 'no' }, { email: 'good' }]);
  });
});

describe('rows that are there', () => {
  it('are got with order and limit', async () => {
    const { calls, tables } = door([row(1), row(2)]);
    const parameters = {
      operation: 'get',
      table: 'People',
      ...byEmail,
      limit: 7,
      orderBy: 'visits',
      descending: true,
    };
    expect(jsonOf(await runNode(dataTableNode, { tables, parameters }))).toHaveLength(2);
    expect(calls).toEqual([['select', 'People', byEmail, { limit: 7, orderBy: 'visits', descending: true }]]);
  });

  it('are changed; when there are none, upsert adds one', async () => {
    const parameters = { operation: 'upsert', table: 'People', ...byEmail };
    const items = [{ email: 'a@b.c', visits: 2 }];
    const some = door([row(1)]);
    expect(jsonOf(await runNode(dataTableNode, { tables: some.tables, parameters, items }))).toEqual([
      row(1),
    ]);
    expect(some.calls.map(([what]) => what)).toEqual(['columns', 'update']);
    const none = door([]);
    await runNode(dataTableNode, { tables: none.tables, parameters, items });
    expect(none.calls.at(-1)).toEqual([
      'insert',
      'People',
      [{ values: { email: 'a@b.c', visits: 2 }, key: 'execution:n1:0:0' }],
    ]);
  });

  it.each(['update', 'upsert', 'delete'])('%s refuses to mean all rows', async (operation) => {
    const { calls, tables } = door();
    const run = runNode(dataTableNode, { tables, parameters: { operation, table: 'People' } });
    await expect(run).rejects.toMatchObject({ data: { field: 'conditions' } });
    expect(calls.filter(([what]) => what !== 'columns')).toEqual([]);
  });

  it('decide which way an item goes', async () => {
    const { tables } = door([row(1)]);
    const parameters = { operation: 'exists', table: 'People', ...byEmail };
    const result = await runNode(dataTableNode, { tables, parameters, items: [{ n: 1 }] });
    expect(result.outputs).toMatchObject({ found: [{ json: { n: 1 } }], missing: [] });
  });
});

describe('from n8n', () => {
  const imported = (parameters: object) => {
    const { workflow, report } = importN8n({
      nodes: [{ name: 'T', type: 'n8n-nodes-base.dataTable', typeVersion: 1, position: [0, 0], parameters }],
      connections: {},
    });
    return { ...workflow.nodes[0]!, report: report.nodes[0]! };
  };

  it('tables are meant by name, conditions by default any', () => {
    const { type, parameters, report } = imported({
      operation: 'get',
      dataTableId: { __rl: true, mode: 'list', value: 'x1', cachedResultName: 'Leads' },
      filters: { conditions: [{ keyName: 'email', condition: 'eq', keyValue: '={{ $json.mail }}' }] },
    });
    expect(type).toBe('data-table');
    expect(parameters).toEqual({
      operation: 'get',
      table: 'Leads',
      match: 'any',
      conditions: [{ column: 'email', operator: 'eq', value: '{{ $json.mail }}' }],
      limit: 50,
    });
    expect(report.reason).toContain('Leads');
  });

  it('values are taken over one by one or from the item', () => {
    const table = { dataTableId: 'T' };
    expect(
      imported({ ...table, columns: { mappingMode: 'defineBelow', value: { a: '=x', b: null } } }).parameters,
    ).toMatchObject({ operation: 'insert', mode: 'define', values: [{ column: 'a', value: 'x' }] });
    expect(
      imported({ ...table, operation: 'deleteRows', matchType: 'allConditions' }).parameters,
    ).toMatchObject({ operation: 'delete', match: 'all' });
    expect(imported({ ...table, columns: { mappingMode: 'autoMapInputData' } }).parameters.mode).toBe('auto');
  });
});
