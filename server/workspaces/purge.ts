import { endForGood } from '../billing/follow.ts';
import { getPool } from '../db.ts';
import { log } from '../log.ts';
import { getStorage } from '../storage/open.ts';

const BATCH = 5_000;
/** Each has a folder in the storage. */
const EXECUTIONS = 200;

/**
 * Deletes workspaces for good whose time is over: rows and files. In batches, so that no statement takes long; after a
 * crash the next run goes on where this one was.
 */
export async function purgeWorkspaces(): Promise<void> {
  const { rows } = await getPool().query<{ id: string }>(
    'select id from workspace where purge_at <= now() order by purge_at',
  );
  for (const { id } of rows) {
    if (!(await endsBilling(id))) continue;
    await purgeWorkspace(id);
    log.info({ workspaceId: id }, 'a deleted workspace was purged');
  }
}

/** What nobody has any more must not cost anything; a workspace whose plan cannot be ended waits for the next run. */
async function endsBilling(workspaceId: string): Promise<boolean> {
  try {
    await endForGood(workspaceId);
    return true;
  } catch (error) {
    log.error({ error, workspaceId }, 'the plan of a deleted workspace could not be ended');
    return false;
  }
}

async function purgeWorkspace(id: string): Promise<void> {
  const tables = await readTables();
  await purgeExecutions(id, tables);
  await getStorage().deletePrefix(`files/${id}/`);
  await purgeParts(id, 'workflow', 'workflow_id', tables);
  await purgeParts(id, 'data_table', 'table_id', tables);
  let left = tables.filter(({ columns }) => columns.includes('workspace_id')).map(({ name }) => name);
  while (left.length > 0) {
    const later: string[] = [];
    for (const name of left) if (!(await purgeTable(name, id))) later.push(name);
    // what others refer to goes after them; a ring of them goes with the workspace itself
    if (later.length === left.length) break;
    left = later;
  }
  await getPool().query('delete from workspace where id = $1 and purge_at <= now()', [id]);
}

interface Table {
  name: string;
  columns: string[];
}

/** Read from the database, so that a table that is new is not forgotten. */
async function readTables(): Promise<Table[]> {
  const { rows } = await getPool().query<Table>(
    `select t.table_name as name, array_agg(c.column_name::text) as columns
     from information_schema.tables t
     join information_schema.columns c on c.table_schema = t.table_schema and c.table_name = t.table_name
     where t.table_schema = 'public' and t.table_type = 'BASE TABLE' group by t.table_name order by t.table_name`,
  );
  return rows;
}

/** Executions with what only their id leads to: files first, for without the row nobody would find them. */
async function purgeExecutions(workspaceId: string, tables: readonly Table[]): Promise<void> {
  const parts = tables.filter(
    ({ columns }) => columns.includes('execution_id') && !columns.includes('workspace_id'),
  );
  for (;;) {
    const { rows } = await getPool().query<{ id: string }>(
      'select id from execution where workspace_id = $1 limit $2',
      [workspaceId, EXECUTIONS],
    );
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return;
    for (const id of ids) await getStorage().deletePrefix(`executions/${id}/`);
    for (const { name } of parts)
      await getPool().query(`delete from "${name}" where execution_id = any($1::uuid[])`, [ids]);
    await getPool().query('delete from active_execution where execution_id = any($1::uuid[])', [ids]);
    await getPool().query('delete from execution where id = any($1::uuid[])', [ids]);
  }
}

/** Rows that only the id of their `whole` leads to. */
async function purgeParts(
  workspaceId: string,
  whole: string,
  column: string,
  tables: readonly Table[],
): Promise<void> {
  const parts = tables.filter(({ columns }) => columns.includes(column) && !columns.includes('workspace_id'));
  for (const { name } of parts)
    await inBatches(
      `delete from "${name}" where ctid = any(array(select p.ctid from "${name}" p join "${whole}" w on w.id = p."${column}"
       where w.workspace_id = $1 limit $2))`,
      workspaceId,
    );
}

/** False when other rows still refer to some of these. */
async function purgeTable(name: string, workspaceId: string): Promise<boolean> {
  try {
    await inBatches(
      `delete from "${name}" where ctid = any(array(select ctid from "${name}" where workspace_id = $1 limit $2))`,
      workspaceId,
    );
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== FOREIGN_KEY) throw error;
    return false;
  }
}
const FOREIGN_KEY = '23503';

async function inBatches(sql: string, workspaceId: string): Promise<void> {
  for (;;) {
    const { rowCount } = await getPool().query(sql, [workspaceId, BATCH]);
    if ((rowCount ?? 0) < BATCH) return;
  }
}
