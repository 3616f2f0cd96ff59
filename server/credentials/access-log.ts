import { newId } from '#lib/id.ts';
import { getPool } from '../db.ts';
import { writeBehind } from '../write-behind.ts';

export interface CredentialAccess {
  workspaceId: string;
  credentialId: string;
  kind: 'used' | 'refused' | 'tested' | 'refreshed' | 'connected';
  userId?: string;
  executionId?: string;
  workflowId?: string;
  nodeId?: string;
  host?: string;
}

type Row = CredentialAccess & { id: string; at: number };

const accesses = writeBehind<Row>({
  name: 'uses of credentials',
  everyMs: 2_000,
  maxEntries: 20_000,
  write,
  keeps: true,
});

/** Notes who opened a credential. The same use by one node run of one execution counts once. */
export function recordAccess(access: CredentialAccess): void {
  const { credentialId, kind, executionId, nodeId, host } = access;
  const key = executionId ? `${credentialId} ${kind} ${executionId} ${nodeId} ${host ?? ''}` : newId();
  accesses.at(key, () => ({ ...access, id: newId(), at: Date.now() }));
}

/** Writes what waits, for whoever reads the rows right away. */
export const flushAccesses = (): Promise<void> => accesses.flush();

/** One statement: the rows, and when each credential was used last. */
async function write(entries: [string, Row][]): Promise<void> {
  await getPool().query(
    `with given as (
       select * from json_to_recordset($1) as r(id uuid, "workspaceId" uuid, "credentialId" uuid, kind credential_access_kind,
         "userId" uuid, "executionId" uuid, "workflowId" uuid, "nodeId" text, host text, at float8)
     ), added as (
       insert into credential_access (id, workspace_id, credential_id, kind, user_id, execution_id, workflow_id, node_id, host, at)
       select id, "workspaceId", "credentialId", kind, "userId", "executionId", "workflowId", "nodeId", host, to_timestamp(at / 1000)
       from given on conflict do nothing
     )
     update credential c set last_used_at = u.at
     from (select "credentialId" as id, to_timestamp(max(at) / 1000) as at from given where kind = 'used' group by 1) u
     where c.id = u.id and (c.last_used_at is null or c.last_used_at < u.at)`,
    [JSON.stringify(entries.map(([, row]) => row))],
  );
}
