import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '#server/db.ts';
import { createLeases } from '#server/executions/lease.ts';
import { EXECUTION_TIERS } from '#server/executions/schema.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { node } from './support/workflows.ts';
import { createStarter } from './support/workload.ts';

ownDatabase();

let owner: Person;
beforeAll(async () => {
  owner = await createPerson('Owner');
});

const workspace = () => owner.caller().workspaces.get();
/** Somebody else in the owner's workspace. */
async function join(role: 'admin' | 'member' | 'viewer') {
  const person = await createPerson(role);
  await db().member.create({ data: { workspaceId: owner.workspaceId, userId: person.userId, role } });
  return person.caller(owner.workspaceId).workspaces;
}

describe('the limit of a workspace', () => {
  it('holds for the starts after it, and none again without it', async () => {
    const start = await createStarter(owner, { name: 'limited', nodes: [node('start', 'manual-trigger')] });
    for (let i = 0; i < 5; i++) await start();
    const worker = createLeases('w', EXECUTION_TIERS);
    const claim = async () => (await worker.claim(10, 1000)).leases.length;
    expect((await workspace()).concurrency).toBeNull();
    await owner.caller().workspaces.update({ concurrency: 2 });
    expect((await workspace()).concurrency).toBe(2);
    expect(await claim()).toBe(2);
    expect(await claim()).toBe(0);
    await owner.caller().workspaces.update({ concurrency: null });
    expect(await claim()).toBe(3);
  });

  it('and its name change apart from each other', async () => {
    await owner.caller().workspaces.update({ name: 'Shop', concurrency: 7 });
    await owner.caller().workspaces.update({ name: 'Factory' });
    expect(await workspace()).toMatchObject({ name: 'Factory', concurrency: 7 });
    await owner.caller().workspaces.update({ concurrency: 8 });
    expect(await workspace()).toMatchObject({ name: 'Factory', concurrency: 8 });
  });

  it('is set by owners and admins only', async () => {
    const [admin, member, viewer] = [await join('admin'), await join('member'), await join('viewer')];
    await admin.update({ concurrency: 3 });
    expect((await viewer.get()).concurrency).toBe(3);
    await expect(member.update({ concurrency: 4 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(viewer.update({ concurrency: 4 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await workspace()).concurrency).toBe(3);
  });

  it('is a whole number from 1 on', async () => {
    for (const concurrency of [0, -1, 1.5, 10_001, Number.NaN])
      await expect(owner.caller().workspaces.update({ concurrency })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
  });

  it('leaves an entry that tells before and after', async () => {
    await owner.caller().workspaces.update({ name: 'Shop', concurrency: 5 });
    await owner.caller().workspaces.update({ concurrency: null });
    const entry = await db().auditEntry.findFirstOrThrow({
      where: { workspaceId: owner.workspaceId, action: 'workspace.update' },
      orderBy: { id: 'desc' },
    });
    expect(entry).toMatchObject({
      userId: owner.userId,
      before: { name: 'Shop', concurrency: 5 },
      after: { name: 'Shop', concurrency: null },
    });
  });
});
