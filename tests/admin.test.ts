import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import { scopeForApiKey } from '#server/auth/scopes.ts';
import { checkCredentials, findSession, openSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { node } from './support/workflows.ts';
import { createWorkflow } from './support/workload.ts';

ownDatabase();

let operator: Person;
let ada: Person;
beforeAll(async () => {
  operator = await createPerson('Operator');
});
beforeEach(async () => {
  ada = await createPerson('Ada');
});
const admin = () => operator.caller().admin;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const CANARY = 'canary-7f3a';

/** So many executions of a workflow of theirs, with data that no operator may see. */
async function run(person: Person, count: number, status?: 'failed' | 'completed') {
  const version = await createWorkflow(person, {
    name: `Of ${person.email}`,
    nodes: [node('start', 'manual-trigger')],
  });
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { executionId } = await acceptExecution({
      workspaceId: person.workspaceId,
      ...version,
      mode: 'webhook',
      trigger: { nodeId: 'start', items: [{ json: { secret: CANARY } }] },
    });
    ids.push(executionId);
  }
  if (status) {
    await db().execution.updateMany({
      where: { id: { in: ids } },
      data: { status, finishedAt: new Date(), error: { kind: 'upstream', message: CANARY } },
    });
    await db().activeExecution.deleteMany({ where: { executionId: { in: ids } } });
  }
  return ids;
}

describe('the area of the operator', () => {
  it('is there for nobody else', async () => {
    const { admin: theirs } = ada.caller();
    for (const work of [
      theirs.figures(),
      theirs.users({}),
      theirs.queue(),
      theirs.endSessions({ id: operator.userId }),
    ])
      expect(await codeOf(work)).toBe('NOT_FOUND');
    expect(await findSession(operator.sessionId)).not.toBeNull();
  });

  it('counts', async () => {
    await run(ada, 2);
    const figures = await admin().figures();
    expect(figures.users).toBe(await db().user.count());
    expect(figures.workflows).toBe(await db().workflow.count());
    expect(figures.active).toMatchObject({ queued: await db().activeExecution.count() });
    await run(ada, 3, 'failed');
    const ended = await admin().ended();
    expect(ended!.week.failed).toBeGreaterThanOrEqual(3);
    expect(ended!.today.failed).toBe(ended!.week.failed);
  });
});

describe('people', () => {
  it('are found by a part of the name or address, page by page', async () => {
    const made = [];
    for (let i = 0; i < 5; i++) made.push((await createPerson('Zoe')).userId);
    const first = await admin().users({ search: 'ZOE', limit: 3 });
    const second = await admin().users({ search: 'zoe-', limit: 3, cursor: first.nextCursor! });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(made.toReversed());
    expect(second.nextCursor).toBeNull();
    expect((await admin().users({ search: '%' })).data).toEqual([]);
    expect(await codeOf(admin().users({ cursor: 'x' }))).toBe('BAD_REQUEST');
    expect(first.data[0]).toMatchObject({
      name: 'Zoe',
      sessions: 1,
      workspaces: 1,
      isAdmin: false,
      blockedAt: null,
    });
  });

  it('are blocked and let in again', async () => {
    const { key } = await createApiKey(ada.scope, { name: 'k', scopes: ['workflows:read'] });
    const login = { email: ada.email, password: 'correct horse battery' };
    await admin().block({ id: ada.userId });
    expect(await findSession(ada.sessionId)).toBeNull();
    expect(await codeOf(ada.caller().accounts.me())).toBe('UNAUTHORIZED');
    expect(await codeOf(scopeForApiKey(key))).toBe('UNAUTHORIZED');
    await expect(checkCredentials(login)).rejects.toThrow('blocked');
    await admin().unblock({ id: ada.userId });
    expect(await findSession(ada.sessionId)).toBeNull();
    expect(await checkCredentials(login)).not.toBeNull();
    expect(await codeOf(scopeForApiKey(key))).toBe('OK');
    expect(await codeOf(admin().block({ id: operator.userId }))).toBe('CONFLICT');
    expect(await codeOf(admin().block({ id: ada.workspaceId }))).toBe('NOT_FOUND');
  });

  it('are signed out everywhere', async () => {
    await openSession(ada.userId, 'phone');
    expect(await admin().endSessions({ id: ada.userId })).toEqual({ ended: 2 });
    expect(await findSession(ada.sessionId)).toBeNull();
  });

  it('become operators, and two never leave none behind', async () => {
    await admin().setAdmin({ id: ada.userId, isAdmin: true });
    expect(await codeOf(ada.caller().admin.figures())).toBe('OK');
    expect(await codeOf(admin().setAdmin({ id: operator.userId, isAdmin: false }))).toBe('CONFLICT');
    const both = await Promise.all([
      codeOf(admin().setAdmin({ id: ada.userId, isAdmin: false })),
      codeOf(ada.caller().admin.setAdmin({ id: operator.userId, isAdmin: false })),
    ]);
    expect(both.sort()).toEqual(['NOT_FOUND', 'OK']);
    expect(await db().user.count({ where: { isAdmin: true } })).toBe(1);
    await db().user.update({ where: { id: ada.userId }, data: { isAdmin: false } });
    await db().user.update({ where: { id: operator.userId }, data: { isAdmin: true } });
  });
});

describe('workspaces', () => {
  it('are listed with their size, found by name or id', async () => {
    await run(ada, 4, 'completed');
    const [found] = (await admin().workspaces({ search: ada.workspaceId })).data;
    expect(found).toMatchObject({
      name: 'Ada’s workspace',
      members: 1,
      workflows: 1,
      executions: 4,
      seats: null,
      planOverride: null,
    });
    expect((await admin().workspaces({ search: 'ada’s' })).data.length).toBeGreaterThan(0);
    expect((await admin().workspaceMembers({ id: ada.workspaceId })).data).toMatchObject([
      { email: ada.email, role: 'owner' },
    ]);
  });

  it('get seats, which their audit log tells', async () => {
    await admin().setSeats({ id: ada.workspaceId, seats: 3 });
    expect((await ada.caller().workspaces.get()).seats).toBe(3);
    const [entry] = (await ada.caller().audit.list({ subject: 'workspace' })).data;
    expect(entry).toMatchObject({
      action: 'workspace.set-seats',
      user: { id: operator.userId },
      before: { seatsOverride: null },
      after: { seatsOverride: 3 },
    });
    expect(await codeOf(admin().setSeats({ id: ada.userId, seats: 3 }))).toBe('NOT_FOUND');
  });
});

describe('executions of all workspaces', () => {
  it('are listed newest first over pages, each once, without any data', async () => {
    const bob = await createPerson('Bob');
    for (let i = 0; i < 3; i++) {
      await run(ada, 4, 'completed');
      await run(bob, 3, 'failed');
    }
    const others = []; // more workspaces than a page has rows
    for (let i = 0; i < 7; i++) others.push(await createPerson('Other'));
    for (const other of others) await run(other, 2, 'completed');
    const same = new Date(); // many at one moment
    await db().execution.updateMany({
      where: { workspaceId: { in: [ada, bob, ...others].map(({ workspaceId }) => workspaceId) } },
      data: { queuedAt: same },
    });
    const seen: string[] = [];
    let text = '';
    let cursor: string | undefined;
    do {
      const page = await admin().executions({ limit: 4, ...(cursor ? { cursor } : {}) });
      seen.push(...page.data.map(({ id }) => id));
      text += JSON.stringify(page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const all = await db().execution.findMany({
      orderBy: [{ queuedAt: 'desc' }, { id: 'desc' }],
      select: { id: true },
    });
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(text).not.toContain(CANARY);
    expect(text).toContain('"errorKind":"upstream"');
    const failed = await admin().executions({ status: 'failed', workspaceId: bob.workspaceId });
    expect(failed.data).toHaveLength(9);
    expect(failed.data[0]).toMatchObject({
      workspaceName: 'Bob’s workspace',
      workflowName: `Of ${bob.email}`,
    });
  });

  it('that have not ended are found by what they are now', async () => {
    const [first, second] = await run(ada, 2);
    await db().activeExecution.update({ where: { executionId: first! }, data: { status: 'waiting' } });
    const ids = async (status: 'waiting' | 'queued') =>
      (await admin().executions({ status, workspaceId: ada.workspaceId })).data.map(({ id }) => id);
    expect(await ids('waiting')).toEqual([first]);
    expect(await ids('queued')).toEqual([second]);
  });
});

describe('the queue', () => {
  it('tells what waits and what has failed', async () => {
    await run(ada, 2);
    await run(ada, 3, 'failed');
    await db().$executeRawUnsafe(
      `update graphile_worker._private_jobs set last_error = 'the mail server is away', attempts = 3`,
    );
    const queue = await admin().queue();
    expect(queue.tiers.find(({ status }) => status === 'queued')!.count).toBeGreaterThanOrEqual(2);
    expect(queue.workspaces.find(({ id }) => id === ada.workspaceId)).toMatchObject({
      queued: 2,
      running: 0,
    });
    expect(queue.deadLetters).toBeGreaterThanOrEqual(3);
    expect(queue.jobs.find(({ task }) => task === 'send-mail')!.waiting).toBeGreaterThan(0);
    expect(queue.failures[0]).toMatchObject({ attempts: 3, error: 'the mail server is away' });
  });
});
