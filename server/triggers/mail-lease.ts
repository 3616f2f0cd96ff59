import type { JsonObject } from '#engine/item.ts';
import { getPool } from '../db.ts';
import { toJsonb } from '../executions/json.ts';
import type { MailPlace } from '../mail/new-mail.ts';

/** What a worker may hold of one workspace at a time: one with a thousand slow mailboxes must not keep others from theirs. */
export const MAX_PER_WORKSPACE = 3;

/** The right to look into one mailbox. `until` is its token: a trigger that was published or taken over has another time. */
export interface MailLease {
  id: string;
  workspaceId: string;
  workflowId: string;
  versionId: string;
  nodeId: string;
  config: Record<string, unknown>;
  /** Of the workspace. */
  plan: string;
  until: Date;
}

/** What is remembered of a mailbox from one look to the next. */
export interface MailState {
  /** Server, user and mailbox that the rest is about. */
  source: string;
  place: MailPlace | null;
  /** Messages that one execution takes together, until it is accepted: after a crash it takes the same ones. */
  taking?: number[];
  /** Messages that were taken and are not marked or moved yet. */
  unfinished: number[];
  /** A message that could not be read, and how often that was tried. */
  stuck?: { uid: number; times: number };
  /** Looks that failed in a row. */
  failures: number;
  lastError?: { message: string; at: string };
  /** ISO; when the mailbox was last looked into without a failure. */
  lookedAt?: string;
}

/** The trigger was paused, published anew or taken over: whoever holds it now goes on. */
export class MailLeaseLostError extends Error {
  override name = 'MailLeaseLostError';
  constructor() {
    super('The mailbox is looked into by somebody else now');
  }
}

/** Takes the mailbox that has waited longest, for so long that nobody else looks into it meanwhile; null when none is due. */
export async function claimMailbox(
  nowMs: number,
  leaseMs: number,
  busyWorkspaces: readonly string[],
): Promise<MailLease | null> {
  const { rows } = await getPool().query<MailLease>({
    name: 'claim-mailbox',
    text: CLAIM,
    values: [nowMs, nowMs + leaseMs, busyWorkspaces],
  });
  return rows[0] ?? null;
}

const CLAIM = `
update "trigger" set next_run_at = to_timestamp($2 / 1000.0) where id = (
  select t.id from "trigger" t join workspace w on w.id = t.workspace_id
  where t.active and t.type = 'email' and t.next_run_at <= to_timestamp($1 / 1000.0)
    and w.deleted_at is null and t.workspace_id <> all($3::uuid[])
  order by t.next_run_at limit 1 for update of t skip locked
) returning id, workspace_id as "workspaceId", workflow_id as "workflowId", version_id as "versionId",
  node_id as "nodeId", config, next_run_at as until, (select plan from workspace w where w.id = "trigger".workspace_id) as plan`;

/** Gives the mailbox back until its next time. Does nothing when it is held no longer. */
export async function releaseMailbox({ id, until }: MailLease, next: Date): Promise<void> {
  await getPool().query(
    `update "trigger" set last_run_at = now(), next_run_at = $3 where id = $1 and next_run_at = $2 and active`,
    [id, until, next],
  );
}

/** Beside the static data of the nodes themselves, which code can change. */
const keyOf = (nodeId: string): string => `email:${nodeId}`;

export async function readMailState({ workflowId, nodeId }: MailLease): Promise<MailState | null> {
  const { rows } = await getPool().query<{ data: MailState }>(
    'select data from workflow_static_data where workflow_id = $1 and key = $2',
    [workflowId, keyOf(nodeId)],
  );
  return rows[0]?.data ?? null;
}

/** Throws MailLeaseLostError and writes nothing when the mailbox is held no longer. */
export async function writeMailState(lease: MailLease, state: MailState): Promise<void> {
  const { rowCount } = await getPool().query({
    name: 'write-mail-state',
    text: WRITE,
    values: [
      lease.workflowId,
      keyOf(lease.nodeId),
      toJsonb(state as unknown as JsonObject),
      lease.id,
      lease.until,
    ],
  });
  if (rowCount === 0) throw new MailLeaseLostError();
}

const WRITE = `
with held as (select 1 from "trigger" where id = $4 and next_run_at = $5 and active for update)
insert into workflow_static_data (workflow_id, key, data) select $1::uuid, $2, $3::json from held
on conflict (workflow_id, key) do update set data = excluded.data, updated_at = now()`;

/** Adds to what people see of the trigger's day. */
export async function countMail(
  { id }: MailLease,
  { accepted, repeated, failure }: { accepted: number; repeated: number; failure?: string },
): Promise<void> {
  if (accepted + repeated === 0 && failure === undefined) return;
  await getPool().query(
    `insert into trigger_stat (trigger_id, day, accepted, repeated, refused, last_refusal, last_at)
     select id, (now() at time zone 'utc')::date, $2, $3, $4, $5, now() from "trigger" where id = $1
     on conflict (trigger_id, day) do update set accepted = trigger_stat.accepted + excluded.accepted,
       repeated = trigger_stat.repeated + excluded.repeated, refused = trigger_stat.refused + excluded.refused,
       last_refusal = coalesce(excluded.last_refusal, trigger_stat.last_refusal), last_at = excluded.last_at`,
    [id, accepted, repeated, failure === undefined ? 0 : 1, failure ?? null],
  );
}
