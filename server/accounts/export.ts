import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';

const PAGE = 200;
/** A workflow can be large: so many are in memory at a time. */
const WORKFLOWS = 20;

/**
 * Everything that is kept about a person, as the pieces of one JSON document; long lists come page by page. Of workspaces
 * only what the person did or made there, and only of those that they are in.
 */
export async function* exportAccount({ userId }: Session): AsyncGenerator<string> {
  const { user, workspaces, ...rest } = await readPerson(userId);
  const head = JSON.stringify({ exportedAt: new Date(), profile: user, ...rest, memberships: workspaces });
  yield `${head.slice(0, -1)},"workflows":[`;
  const ids = workspaces.map(({ id }) => id);
  yield* joined(listWorkflows(userId, ids));
  yield '],"auditEntries":[';
  yield* joined(listEntries(userId, ids));
  yield ']}\n';
}

async function readPerson(userId: string) {
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      id: true,
      email: true,
      name: true,
      createdAt: true,
      emailVerifiedAt: true,
      totpEnabledAt: true,
      isAdmin: true,
    },
  });
  const identities = await db().identity.findMany({
    where: { userId },
    select: { provider: true, subject: true, email: true, createdAt: true, lastUsedAt: true },
  });
  const sessions = await db().session.findMany({
    where: { userId },
    select: { userAgent: true, createdAt: true, usedAt: true, expiresAt: true },
  });
  const members = await db().member.findMany({
    where: { userId, workspace: { deletedAt: null } },
    orderBy: { createdAt: 'asc' },
    select: { role: true, createdAt: true, workspace: { select: { id: true, name: true } } },
  });
  const workspaces = members.map(({ workspace, ...member }) => ({ ...workspace, ...member }));
  const apiKeys = await db().apiKey.findMany({
    where: { userId, workspaceId: { in: workspaces.map(({ id }) => id) } },
    select: {
      workspaceId: true,
      name: true,
      prefix: true,
      scopes: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
    },
  });
  return { user, workspaces, identities, sessions, apiKeys };
}

async function* listWorkflows(userId: string, workspaceIds: readonly string[]): AsyncGenerator<unknown> {
  for (const workspaceId of workspaceIds) {
    let after: string | undefined;
    for (;;) {
      const rows = await db().workflow.findMany({
        where: { workspaceId, createdById: userId, deletedAt: null, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: WORKFLOWS,
        select: { id: true, workspaceId: true, createdAt: true, updatedAt: true, draft: true },
      });
      yield* rows;
      after = rows.at(-1)?.id;
      if (rows.length < WORKFLOWS) break;
    }
  }
}

/** Without what was changed: that belongs to the workspace. */
async function* listEntries(userId: string, workspaceIds: readonly string[]): AsyncGenerator<unknown> {
  for (const workspaceId of workspaceIds) {
    let after: { at: Date; id: string } | undefined;
    for (;;) {
      const rows = await db().auditEntry.findMany({
        where: {
          workspaceId,
          userId,
          ...(after ? { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] } : {}),
        },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
        take: PAGE,
        select: { id: true, workspaceId: true, at: true, action: true, subjectId: true },
      });
      yield* rows;
      after = rows.at(-1);
      if (rows.length < PAGE) break;
    }
  }
}

async function* joined(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let first = true;
  for await (const row of rows) {
    yield `${first ? '' : ','}${JSON.stringify(row)}`;
    first = false;
  }
}
