import type { z } from 'zod';
import { isId } from '#lib/id.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { getUsage } from '../usage/queries.ts';
import {
  type AdminUser,
  type AdminWorkspace,
  type listUsersSchema,
  type listWorkspacesSchema,
  MANY,
  type workspaceMembersSchema,
} from './schema.ts';

/** Ids of users and workspaces grow with time, so the last one of a page is its cursor. */
const before = (cursor: string | undefined) => {
  if (cursor === undefined) return Prisma.empty;
  if (!isId(cursor)) throw new AppError('BAD_REQUEST', 'This cursor is not valid. Start the list anew.');
  return Prisma.sql`and x.id < ${cursor}::uuid`;
};

/** `%` and `_` mean themselves. */
const likely = (search: string) => `%${search.replace(/[\\%_]/g, '\\$&')}%`;

function asPage<Row extends { id: string }>(rows: Row[], limit: number) {
  const data = rows.slice(0, limit);
  return { data, nextCursor: rows.length > limit ? data.at(-1)!.id : null };
}

/** All users, the newest first; found by a part of the name or address. */
export async function listUsers({ search, cursor, limit }: z.output<typeof listUsersSchema>) {
  const found = search
    ? Prisma.sql`and (x.email ilike ${likely(search)} or x.name ilike ${likely(search)})`
    : Prisma.empty;
  const rows = await db().$queryRaw<AdminUser[]>`
    with page as materialized (
      select x.* from "user" x where true ${before(cursor)} ${found} order by x.id desc limit ${limit + 1}
    )
    select p.id, p.email, p.name, p.is_admin as "isAdmin", p.blocked_at as "blockedAt", p.created_at as "createdAt",
      p.email_verified_at is not null as "emailVerified", p.totp_enabled_at is not null as "twoFactor",
      s.count as sessions, s.last as "lastSeenAt", m.count as workspaces
    from page p
    cross join lateral (select count(*)::int as count, max(used_at) as last from session where user_id = p.id and expires_at > now()) s
    cross join lateral (select count(*)::int as count from member where user_id = p.id) m
    order by p.id desc`;
  return asPage(rows, limit);
}

/** All workspaces, the newest first; found by a part of the name, or by the id. */
export async function listWorkspaces({ search, cursor, limit }: z.output<typeof listWorkspacesSchema>) {
  const found = !search
    ? Prisma.empty
    : isId(search)
      ? Prisma.sql`and x.id = ${search}::uuid`
      : Prisma.sql`and x.name ilike ${likely(search)}`;
  const rows = await db().$queryRaw<AdminWorkspace[]>`
    with page as materialized (
      select x.* from workspace x where true ${before(cursor)} ${found} order by x.id desc limit ${limit + 1}
    )
    select p.id, p.name, p.plan, p.plan_override as "planOverride", p.seats, p.created_at as "createdAt", p.deleted_at as "deletedAt", p.purge_at as "purgeAt",
      m.count as members, w.count as workflows, e.count as executions
    from page p
    cross join lateral (select count(*)::int as count from member where workspace_id = p.id) m
    cross join lateral (select count(*)::int as count from workflow where workspace_id = p.id and deleted_at is null) w
    cross join lateral (select count(*)::int as count from (
      select 1 from execution where workspace_id = p.id and queued_at > now() - interval '30 days' limit ${MANY}) part) e
    order by p.id desc`;
  return asPage(rows, limit);
}

/** Owners first. */
export async function listWorkspaceMembers(id: string): Promise<z.output<typeof workspaceMembersSchema>> {
  const data = await db().$queryRaw<z.output<typeof workspaceMembersSchema>['data']>`
    select u.id as "userId", u.name, u.email, m.role::text as role
    from member m join "user" u on u.id = m.user_id
    where m.workspace_id = ${id}::uuid order by m.role, u.name limit 200`;
  return { data, nextCursor: null };
}

/** Throws NOT_FOUND. */
export async function getWorkspaceUsage(id: string) {
  const found = await db().workspace.findUnique({ where: { id }, select: { id: true } });
  if (!found) throw notFound('workspace');
  return getUsage({ workspaceId: id });
}
