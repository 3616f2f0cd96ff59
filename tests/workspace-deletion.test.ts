import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { scopeForApiKey } from '#server/auth/scopes.ts';
import { db } from '#server/db.ts';
import { createLeases } from '#server/executions/lease.ts';
import { EXECUTION_TIERS } from '#server/executions/schema.ts';
import { invite } from '#server/members/commands.ts';
import { getStorage } from '#server/storage/open.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { purgeWorkspaces } from '#server/workspaces/purge.ts';
import { stopDeletedWorkspaces } from '#server/workspaces/stop-deleted.ts';
import { ownDatabase } from './support/database.ts';
import { countRows, fillEveryTable } from './support/every-table.ts';
import { createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';
import { createStarter } from './support/workload.ts';

ownDatabase();

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-deletion-'));
  process.env.LINKFLOW_DATA_DIR = root;
});
afterAll(() => rm(root, { recursive: true, force: true }));

const PASSWORD = 'correct horse battery';
let owner: Person;
let admin: Person;
beforeEach(async () => {
  owner = await createPerson('Owner');
  admin = await createPerson('Admin');
  await join(admin, 'admin');
});
const join = (person: Person, role: 'owner' | 'admin' | 'member') =>
  db().member.create({ data: { workspaceId: owner.workspaceId, userId: person.userId, role } });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const remove = (person = owner, proof = {}) =>
  person
    .caller(owner.workspaceId)
    .workspaces.delete({ name: 'Owner’s workspace', password: PASSWORD, ...proof });
const later = (ms: number) => new Date(Date.now() + ms);

describe('deleting a workspace', () => {
  it('takes an owner, its name and the password', async () => {
    expect(await codeOf(remove(await createPerson('Stranger')))).toBe('NOT_FOUND');
    expect(await codeOf(remove(admin))).toBe('FORBIDDEN');
    expect(await codeOf(remove(owner, { name: 'Another' }))).toBe('CONFLICT');
    expect(await codeOf(remove(owner, { password: 'wrong' }))).toBe('FORBIDDEN');
    expect(await codeOf(owner.caller().workspaces.get())).toBe('OK');
    const { purgeAt } = await remove();
    expect(Math.round((purgeAt.getTime() - Date.now()) / 86_400_000)).toBe(30);
    expect(
      await db().auditEntry.count({ where: { workspaceId: owner.workspaceId, action: 'workspace.delete' } }),
    ).toBe(1);
  });

  it('hides it from everybody at once, from keys and invitations too', async () => {
    const { key } = await createApiKey(owner.scope, { name: 'k', scopes: ['workflows:read'] });
    const guest = await createPerson('Guest');
    const { url } = await invite(owner.scope, { email: guest.email, role: 'member' });
    const token = url.split('/').at(-1)!;
    await remove();
    for (const person of [owner, admin]) {
      const caller = person.caller(owner.workspaceId);
      expect(await codeOf(caller.workspaces.get())).toBe('NOT_FOUND');
      expect(await codeOf(caller.workflows.list({}))).toBe('NOT_FOUND');
      expect((await caller.accounts.me()).workspaces.map(({ id }) => id)).not.toContain(owner.workspaceId);
    }
    expect(await codeOf(scopeForApiKey(key))).toBe('UNAUTHORIZED');
    expect(await codeOf(guest.caller().members.previewInvitation({ token }))).toBe('NOT_FOUND');
    expect(await codeOf(guest.caller().members.acceptInvitation({ token }))).toBe('NOT_FOUND');
  });

  it('stops what it does: triggers rest, executions end as cancelled', async () => {
    await publish();
    const start = await createStarter(owner, { name: 'w', nodes: [node('start', 'manual-trigger')] });
    const other = await createStarter(admin, { name: 'w', nodes: [node('start', 'manual-trigger')] });
    const running = await start();
    await createLeases('w', EXECUTION_TIERS).claim(1, 10);
    const [queued, foreign] = [await start(), await other()];
    const waiting = await start();
    await db().activeExecution.update({
      where: { executionId: waiting.executionId },
      data: { status: 'waiting', wakeAt: later(1000) },
    });
    await remove();
    expect(await triggers()).toMatchObject([{ active: false }, { active: false }]);
    await fireDueSchedules(Date.now() + 3_600_000);
    expect(await db().execution.count({ where: { mode: 'schedule' } })).toBe(0);
    await db().trigger.updateMany({ where: { workspaceId: owner.workspaceId }, data: { active: true } });
    await stopDeletedWorkspaces();
    expect(await triggers()).toMatchObject([{ active: false }, { active: false }]);
    const statusOf = async (id: string) =>
      (await db().execution.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;
    expect(await statusOf(queued.executionId)).toBe('cancelled');
    expect(await statusOf(waiting.executionId)).toBe('cancelled');
    const left = await db().activeExecution.findMany({ orderBy: { queuedAt: 'asc' } });
    expect(left.map((row) => [row.executionId, row.cancelRequested])).toEqual([
      [running.executionId, true],
      [foreign.executionId, false],
    ]);
    await db().activeExecution.deleteMany();
  });
});

const triggers = () =>
  db().trigger.findMany({ where: { workspaceId: owner.workspaceId }, orderBy: { type: 'asc' } });

/** A workflow with a webhook and a schedule. */
async function publish(): Promise<string> {
  const workflow = workflowSchema.parse({
    name: 'Live',
    nodes: [
      node('hook', 'webhook-trigger'),
      node('tick', 'schedule-trigger', { rules: [{ unit: 'minutes', every: 1 }] }),
      node('end', 'no-op'),
    ],
    edges: edges('hook>end', 'tick>end'),
  });
  const { id } = await owner.caller().workflows.create({ name: 'Live', workflow });
  await owner.caller().workflows.activate({ id });
  return id;
}

describe('restoring a workspace', () => {
  it('is for its owners, for thirty days; they find it in a list', async () => {
    await remove();
    const { workspaces } = owner.caller();
    expect(await admin.caller().workspaces.listDeleted()).toEqual([]);
    expect(await codeOf(admin.caller().workspaces.restore({ id: owner.workspaceId }))).toBe('NOT_FOUND');
    expect(await workspaces.listDeleted()).toMatchObject([{ id: owner.workspaceId }]);
    await db().workspace.update({ where: { id: owner.workspaceId }, data: { purgeAt: later(-1) } });
    expect(await workspaces.listDeleted()).toEqual([]);
    expect(await codeOf(workspaces.restore({ id: owner.workspaceId }))).toBe('NOT_FOUND');
    await db().workspace.update({ where: { id: owner.workspaceId }, data: { purgeAt: later(1000) } });
    await workspaces.restore({ id: owner.workspaceId });
    expect(await codeOf(admin.caller(owner.workspaceId).workspaces.get())).toBe('OK');
    expect(await codeOf(workspaces.restore({ id: owner.workspaceId }))).toBe('NOT_FOUND');
  });

  it('turns on what was on, and makes up for no missed tick', async () => {
    await publish();
    const off = await publish();
    await owner.caller().workflows.deactivate({ id: off });
    await remove();
    await db().trigger.updateMany({
      where: { workspaceId: owner.workspaceId, nextRunAt: { not: null } },
      data: { nextRunAt: later(-86_400_000) },
    });
    await owner.caller().workspaces.restore({ id: owner.workspaceId });
    const rows = await triggers();
    expect(rows.map(({ workflowId, active }) => [workflowId === off, active]).sort()).toEqual([
      [false, true],
      [false, true],
      [true, false],
      [true, false],
    ]);
    const next = rows.find((row) => row.active && row.type === 'schedule')?.nextRunAt;
    expect(next!.getTime()).toBeGreaterThan(Date.now());
  });
});

describe('a workspace whose time is over', () => {
  it('goes with all rows of all tables and all files, and nothing else does', async () => {
    const [gone, kept] = [owner, admin];
    const ids = await fillEveryTable(gone.workspaceId, gone.userId);
    const others = await fillEveryTable(kept.workspaceId, kept.userId);
    const before = await countRows(ids);
    const keptBefore = await countRows(others);
    expect(Object.keys(before).length).toBeGreaterThan(20);
    const keys = (of: typeof ids) => [`files/${of.workspace_id}/kept/a`, `executions/${of.execution_id}/out`];
    const put = (key: string) =>
      getStorage().put(
        key,
        (async function* () {
          yield Buffer.from('x');
        })(),
      );
    for (const key of [...keys(ids), ...keys(others)]) await put(key);

    await db().workspace.update({
      where: { id: gone.workspaceId },
      data: { deletedAt: new Date(), purgeAt: later(60_000) },
    });
    await purgeWorkspaces();
    expect(await countRows(ids)).toEqual(before);
    await db().workspace.update({ where: { id: gone.workspaceId }, data: { purgeAt: later(-1) } });
    await purgeWorkspaces();
    expect(await countRows(ids)).toEqual({});
    expect(await db().workspace.count({ where: { id: gone.workspaceId } })).toBe(0);
    expect(await countRows(others)).toEqual(keptBefore);
    for (const key of keys(ids))
      await expect(getStorage().get(key)).rejects.toMatchObject({ reason: 'missing' });
    for (const key of keys(others)) expect(await getStorage().get(key)).toBeDefined();
  });
});
