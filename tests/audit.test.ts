import { beforeAll, expect, it } from 'vitest';
import { db } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

let ada: Person;
let bob: Person;
beforeAll(async () => {
  ada = await createPerson('Ada');
  bob = await createPerson('Bob');
  const { id } = await ada.caller().workflows.create({ name: 'Orders' });
  await ada.caller().workspaces.update({ name: 'Shop' });
  await ada.caller().workflows.delete({ id });
});

it('tells who did what, newest first, with what it was before', async () => {
  const { data } = await ada.caller().audit.list({});
  expect(data.map(({ action }) => action)).toEqual([
    'workflow.delete',
    'workspace.update',
    'workflow.create',
    'account.sign-up',
  ]);
  expect(data[1]).toMatchObject({ user: { email: ada.email }, after: { name: 'Shop' } });
  expect(data[1]!.before).toMatchObject({ name: 'Ada’s workspace' });
});

it('is read by subject, and page by page', async () => {
  const about = await ada.caller().audit.list({ subject: 'workflow' });
  expect(about.data.map(({ action }) => action)).toEqual(['workflow.delete', 'workflow.create']);
  const first = await ada.caller().audit.list({ limit: 3 });
  const rest = await ada.caller().audit.list({ limit: 3, cursor: first.nextCursor! });
  expect(rest).toMatchObject({ data: [{ action: 'account.sign-up' }], nextCursor: null });
});

it('is for admins of the workspace', async () => {
  for (const [role, allowed] of [
    ['viewer', false],
    ['member', false],
    ['admin', true],
  ] as const) {
    const where = { workspaceId: ada.workspaceId, userId: bob.userId };
    await db().member.upsert({
      where: { workspaceId_userId: where },
      create: { ...where, role },
      update: { role },
    });
    const read = bob.caller(ada.workspaceId).audit.list({});
    if (allowed) expect((await read).data.length).toBeGreaterThan(3);
    else await expect(read).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await bob.caller().audit.list({})).data.map(({ action }) => action)).toEqual(['account.sign-up']);
});
