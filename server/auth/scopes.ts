import { hash } from 'node:crypto';
import { isId } from '#lib/id.ts';
import type { ApiScope } from '../api-keys/schema.ts';
import { db, getPool } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { roleNow } from '../members/policy.ts';
import { mintScope, type WorkspaceScope } from '../scope.ts';
import type { Role } from '../workspaces/schema.ts';

/** The scope of a member; NOT_FOUND for a workspace that the user is not in or that is deleted, as for one that does not exist. */
export async function scopeForUser(userId: string, workspaceId?: string): Promise<WorkspaceScope> {
  if (workspaceId !== undefined && !isId(workspaceId)) throw notFound('workspace');
  const member = await db().member.findFirst({
    where: {
      userId,
      ...(workspaceId === undefined ? {} : { workspaceId }),
      user: { blockedAt: null },
      workspace: { deletedAt: null },
    },
    orderBy: { createdAt: 'asc' },
    select: { workspaceId: true, role: true, reducedAt: true, workspace: { select: { plan: true } } },
  });
  if (!member) throw notFound('workspace');
  return mintScope({
    workspaceId: member.workspaceId,
    userId,
    role: roleNow(member),
    plan: member.workspace.plan,
  });
}

export const API_KEY_PREFIX = 'lf_';
/** Of keys that a log-in over the API makes. The full stop is in no key that people make, so none passes for a log-in. */
export const LOGIN_TOKEN_PREFIX = 'lf_login.';
/** Keys hold 192 random bits, so a plain hash is enough: there is nothing to guess. */
export const hashApiKey = (key: string): string => hash('sha256', key);

const LAST_USED_EVERY_S = 60;

/** The scope of an API key: that of its member, cut down to the key's scopes. UNAUTHORIZED for an unknown or expired key. */
export async function scopeForApiKey(key: string, workspaceId?: string): Promise<WorkspaceScope> {
  const row = await lookUp(hashApiKey(key));
  if (!row) throw new AppError('UNAUTHORIZED', 'This API key is not valid.');
  if (workspaceId !== undefined && workspaceId !== row.workspaceId) throw notFound('workspace');
  if (row.isStale) await db().apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: new Date() } });
  return mintScope({
    workspaceId: row.workspaceId,
    userId: row.userId,
    role: row.role,
    plan: row.plan,
    apiScopes: row.scopes,
  });
}

/** Calls with the same key that arrive while it is being looked up share the answer; nothing is kept beyond that. */
const underWay = new Map<string, Promise<KeyRow | undefined>>();

function lookUp(hash: string): Promise<KeyRow | undefined> {
  let row = underWay.get(hash);
  if (!row) {
    row = readKey(hash).finally(() => underWay.delete(hash));
    underWay.set(hash, row);
  }
  return row;
}

/** One statement, since every call of the API begins with it: the key, and whether its owner is still let in here. */
async function readKey(hash: string): Promise<KeyRow | undefined> {
  const { rows } = await getPool().query<KeyRow>({
    name: 'scope-for-api-key',
    text: `select k.id, k.workspace_id as "workspaceId", k.user_id as "userId", k.scopes, w.plan,
             case when m.reduced_at is null then m.role else 'viewer' end as role,
             coalesce(k.last_used_at < now() - make_interval(secs => ${LAST_USED_EVERY_S}), true) as "isStale"
           from api_key k
           join member m on m.workspace_id = k.workspace_id and m.user_id = k.user_id
           join workspace w on w.id = k.workspace_id and w.deleted_at is null
           join "user" u on u.id = k.user_id and u.blocked_at is null
           where k.hash = $1 and (k.expires_at is null or k.expires_at > now())`,
    values: [hash],
  });
  return rows[0];
}

interface KeyRow {
  id: string;
  workspaceId: string;
  userId: string;
  scopes: ApiScope[];
  role: Role;
  plan: string;
  isStale: boolean;
}
