import pg from 'pg';
import { newId } from '#lib/id.ts';

/** Columns that lead to a workspace, and the table whose row they name. */
const LEADS: Record<string, string> = {
  workspace_id: 'workspace',
  workflow_id: 'workflow',
  version_id: 'workflow_version',
  execution_id: 'execution',
  trigger_id: 'trigger',
  table_id: 'data_table',
  data_key_id: 'data_key',
  credential_id: 'credential',
};

interface Column {
  table: string;
  name: string;
  type: string;
  needed: boolean;
  label: string | null;
}

/** By the column that leads there: `{workspace_id: '…', workflow_id: '…'}`. */
export type Ids = Record<string, string>;

const connect = async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL! });
  await client.connect();
  return client;
};

/** Tables with a column that leads to a workspace, read from the database, so that new ones are among them. */
async function readTables(client: pg.Client): Promise<Map<string, Column[]>> {
  const { rows } = await client.query<Column>(
    `select c.table_name as table, c.column_name as name, c.udt_name as type,
       c.is_nullable = 'NO' and c.column_default is null as needed,
       (select min(e.enumlabel) from pg_enum e join pg_type t on t.oid = e.enumtypid where t.typname = c.udt_name) as label
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
  );
  const all = Map.groupBy(rows, ({ table }) => table);
  return new Map([...all].filter(([, columns]) => columns.some(({ name }) => name in LEADS)));
}

/** Puts a row of this workspace into every such table. */
export async function fillEveryTable(workspaceId: string, userId: string): Promise<Ids> {
  const client = await connect();
  const ids: Ids = Object.fromEntries(Object.keys(LEADS).map((name) => [name, newId()]));
  ids.workspace_id = workspaceId;
  const byTable = Object.fromEntries(Object.entries(LEADS).map(([column, table]) => [table, ids[column]]));
  try {
    await client.query('set session_replication_role = replica'); // rows in whatever order
    for (const [table, columns] of await readTables(client)) {
      const given = columns.filter(({ name, needed }) => needed || name in LEADS);
      const values = given.map(({ name, type, label }) => {
        if (name === 'id' && type === 'uuid') return byTable[table] ?? newId();
        if (name === 'user_id') return userId;
        return ids[name] ?? label ?? sample(type);
      });
      const names = given.map(({ name }) => `"${name}"`).join(', ');
      const places = given.map((_column, i) => `$${i + 1}`).join(', ');
      await client.query(
        `insert into "${table}" (${names}) values (${places}) on conflict do nothing`,
        values,
      );
    }
    return ids;
  } finally {
    await client.end();
  }
}

/** How many rows still lead to one of these ids, by table; tables without any are left out. */
export async function countRows(ids: Ids): Promise<Record<string, number>> {
  const client = await connect();
  const counts: Record<string, number> = {};
  try {
    for (const [table, columns] of await readTables(client)) {
      const leads = columns.filter(({ name }) => name in ids);
      const where = leads.map(({ name }, i) => `"${name}" = $${i + 1}`).join(' or ');
      const { rows } = await client.query<{ count: number }>(
        `select count(*)::int as count from "${table}" where ${where}`,
        leads.map(({ name }) => ids[name]),
      );
      if (rows[0]!.count > 0) counts[table] = rows[0]!.count;
    }
    return counts;
  } finally {
    await client.end();
  }
}

function sample(type: string): unknown {
  if (type === 'uuid' || type === 'text') return newId();
  if (type === 'json' || type === 'jsonb' || type.startsWith('_')) return '{}';
  if (type === 'date' || type.startsWith('timestamp')) return new Date();
  return type === 'bool' ? false : 1;
}
