import { newId } from '#lib/id.ts';
import { getPool } from '../db.ts';
import { log } from '../log.ts';

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

const FLUSH_MS = 2_000;
const MAX_WAITING = 20_000;

/** What is not written yet; the same use by one node run of one execution counts once. */
let waiting = new Map<string, CredentialAccess & { id: string; at: number }>();
let timer: NodeJS.Timeout | undefined;
let flushing: Promise<void> = Promise.resolve();

/** Notes who opened a credential. Costs no query: rows are written together every two seconds. */
export function recordAccess(access: CredentialAccess): void {
  const { credentialId, kind, executionId, nodeId, host } = access;
  const key = executionId ? `${credentialId} ${kind} ${executionId} ${nodeId} ${host ?? ''}` : newId();
  if (waiting.has(key) || waiting.size >= MAX_WAITING) return;
  waiting.set(key, { ...access, id: newId(), at: Date.now() });
  timer ??= setTimeout(() => void flushAccesses(), FLUSH_MS).unref();
}

/** Writes what waits. Never rejects: a database that is away gets them the next time. */
export function flushAccesses(): Promise<void> {
  flushing = flushing.then(flush);
  return flushing;
}

async function flush(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (waiting.size === 0) return;
  const batch = waiting;
  waiting = new Map();
  try {
    await write([...batch.values()]);
  } catch (error) {
    log.warn({ error: (error as Error).message }, 'uses of credentials could not be written');
    for (const [key, access] of batch) if (waiting.size < MAX_WAITING) waiting.set(key, access);
    timer ??= setTimeout(() => void flushAccesses(), FLUSH_MS).unref();
  }
}

/** One statement: the rows, and when each credential was used last. */
async function write(rows: (CredentialAccess & { id: string; at: number })[]): Promise<void> {
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
    [JSON.stringify(rows)],
  );
}
