import { getPool } from '../db.ts';

/**
 * Writes down what every workspace keeps, by day: its files and the rows of its tables. What executions hold goes with them
 * and is not counted. One statement for all workspaces; the last count of a day stays.
 */
export async function countStorage(): Promise<void> {
  await getPool().query(COUNT);
}

const COUNT = `
with kept as (
  select workspace_id, sum(size_bytes)::bigint as bytes from workspace_file group by 1
  union all
  select t.workspace_id, sum(pg_column_size(r.data))::bigint from data_row r join data_table t on t.id = r.table_id group by 1
), known as ( -- where everything was deleted, it is 0 now
  select distinct workspace_id from workspace_day where storage_bytes > 0 and day > current_date - 2
)
insert into workspace_day (workspace_id, day, storage_bytes)
select w.id, (now() at time zone 'UTC')::date, coalesce(k.bytes, 0)
from workspace w left join (select workspace_id, sum(bytes) as bytes from kept group by 1) k on k.workspace_id = w.id
where k.bytes is not null or w.id in (select workspace_id from known)
order by w.id
on conflict (workspace_id, day) do update set storage_bytes = excluded.storage_bytes`;
