import { createHash } from 'node:crypto';
import { getPool } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Answer } from './answer.ts';

/** As long as senders try again. */
const KEPT_HOURS = 72;
/** A call that has given no answer by then was cut off; the next one may try. */
const UNDER_WAY_SECONDS = 120;
const MAX_KEY = 200;
/** A larger answer is not kept: a repeated call is told to look for what it made. */
const MAX_BODY = 512 * 1024;
export const REPLAYED_HEADER = 'idempotency-replayed';

export interface StatedCall {
  key: string;
  method: string;
  path: string;
  body: string;
}

/**
 * Carries a call out once for its `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same call again is
 * answered with what the first one was. Failures of ours (5xx) and refusals to try (429) do not count. Throws CONFLICT while the first is
 * under way, UNPROCESSABLE_CONTENT when the key was used for another call.
 */
export async function once(
  scope: WorkspaceScope,
  call: StatedCall,
  carryOut: () => Promise<Answer>,
): Promise<Answer> {
  if (call.key.length > MAX_KEY)
    throw new AppError('BAD_REQUEST', `Idempotency-Key: ${MAX_KEY} characters at most.`);
  const known = await claim(scope, call);
  if (known) return known;
  const release = () =>
    getPool().query('delete from idempotent_answer where workspace_id = $1 and key = $2', [
      scope.workspaceId,
      call.key,
    ]);
  try {
    const answer = await carryOut();
    if (answer.status >= 500 || answer.status === 429) await release();
    else await keep(scope, call, answer);
    return answer;
  } catch (thrown) {
    await release();
    throw thrown;
  }
}

/** null: this call is the first. In one statement, so that of two at once one goes on. */
async function claim(scope: WorkspaceScope, call: StatedCall): Promise<Answer | null> {
  const fingerprint = fingerprintOf(call);
  const { rows } = await getPool().query<{
    fresh: boolean;
    fingerprint: string;
    status: number | null;
    body: string | null;
  }>(
    `with mine as (
       insert into idempotent_answer (workspace_id, key, fingerprint, expires_at)
       values ($1, $2, $3, now() + make_interval(secs => $4))
       on conflict (workspace_id, key) do update set fingerprint = excluded.fingerprint, status = null, body = null, expires_at = excluded.expires_at
         where idempotent_answer.expires_at < now()
       returning true as fresh, fingerprint, status, body
     )
     select * from mine union all
     select false, fingerprint, status, body from idempotent_answer
       where workspace_id = $1 and key = $2 and not exists (select 1 from mine)`,
    [scope.workspaceId, call.key, fingerprint, UNDER_WAY_SECONDS],
  );
  const [row] = rows;
  if (row?.fresh) return null;
  if (!row || (row.fingerprint === fingerprint && row.status === null))
    throw new AppError('CONFLICT', 'The first call with this Idempotency-Key is still under way.', {
      retryAfter: 1,
    });
  if (row.fingerprint !== fingerprint)
    throw new AppError('UNPROCESSABLE_CONTENT', 'This Idempotency-Key was used for another call.');
  const status = row.status!;
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const headers = { ...(row.body === null ? {} : { 'content-type': type }), [REPLAYED_HEADER]: 'true' };
  return { status, headers, body: row.body };
}

const keep = (scope: WorkspaceScope, call: StatedCall, { status, body }: Answer) =>
  store(scope, call, status, body !== null && body.length > MAX_BODY ? null : body);

const store = (scope: WorkspaceScope, call: StatedCall, status: number, body: string | null) =>
  getPool().query(
    `update idempotent_answer set status = $3, body = $4, expires_at = now() + make_interval(hours => $5)
     where workspace_id = $1 and key = $2`,
    [scope.workspaceId, call.key, status, body, KEPT_HOURS],
  );

const fingerprintOf = ({ method, path, body }: StatedCall): string =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest('base64url');
