import type { JsonObject } from '#engine/item.ts';
import type { StaticDataDoor } from '#engine/node.ts';
import { getPool } from '../db.ts';
import { toJsonb } from '../executions/json.ts';
import { patiently } from '../outage.ts';

/** The key of what all nodes of a workflow share; that of a node is its id. */
const GLOBAL = '';

/** What one workflow remembers. The caller runs it, so it has been read through a scope. */
export function openStaticData(workflowId: string): StaticDataDoor {
  return {
    read: (nodeId) =>
      patiently(async () => {
        const { rows } = await getPool().query<{ key: string; data: JsonObject }>({
          name: 'static-data',
          text: 'select key, data from workflow_static_data where workflow_id = $1 and key in ($2, $3)',
          values: [workflowId, GLOBAL, nodeId],
        });
        const of = (key: string) => rows.find((row) => row.key === key)?.data;
        return { global: of(GLOBAL) ?? {}, node: of(nodeId) ?? {} };
      }),
    write: (nodeId, { global, node }) =>
      patiently(async () => {
        const entries = [
          [GLOBAL, global],
          [nodeId, node],
        ].filter((entry): entry is [string, JsonObject] => entry[1] !== undefined);
        if (entries.length === 0) return;
        await getPool().query(
          `insert into workflow_static_data (workflow_id, key, data)
           select $1, key, data::json from unnest($2::text[], $3::text[]) as t(key, data) order by key
           on conflict (workflow_id, key) do update set data = excluded.data, updated_at = now()`,
          [workflowId, entries.map(([key]) => key), entries.map(([, data]) => toJsonb(data))],
        );
      }),
  };
}
