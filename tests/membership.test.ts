import { beforeEach, describe, expect, it } from 'vitest';
import { findSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { acceptInvitation, invite } from '#server/members/commands.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

const PASSWORD = 'correct horse battery';
let owner: Person;
beforeEach(async () => {
  owner = await createPerson('Owner');
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const seats = (count: number | null) =>
  db().workspace.update({ where: { id: owner.workspaceId }, data: { seats: count } });
const join = async (name: string, role: 'owner' | 'admin' | 'member' = 'member') => {
  const person = await createPerson(name);
  await db().member.create({ data: { workspaceId: owner.workspaceId, userId: person.userId, role } });
  return person;
};
/** Somebody with an open invitation, and what they do with it. */
async function guest() {
  const person = await createPerson('Guest');
  const { url } = await invite(owner.scope, { email: person.email, role: 'member' });
  return async () => acceptInvitation((await findSession(person.sessionId))!, url.split('/').at(-1)!);
}
const rolesOf = async () =>
  Object.fromEntries(
    (await db().member.findMany({ where: { workspaceId: owner.workspaceId } })).map((m) => [
      m.userId,
      m.role,
    ]),
  );

describe('the seats of a workspace', () => {
  it('are for members and for those who are invited', async () => {
    await seats(2);
    await guest();
    expect(await codeOf(guest())).toBe('PAYMENT_REQUIRED');
    const { members } = owner.caller();
    const [open] = await members.invitations();
    // the same address again takes no other seat
    expect(await codeOf(members.invite({ email: open!.email, role: 'viewer' }))).toBe('OK');
    await members.revokeInvitation({ id: (await members.invitations())[0]!.id });
    expect(await codeOf(guest())).toBe('OK');
    await db().invitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await codeOf(guest())).toBe('OK');
    await seats(null);
    expect(await codeOf(guest())).toBe('OK');
  });

  it('are not taken twice by invitations or acceptances at the same time', async () => {
    await seats(3);
    const invited = await Promise.allSettled([guest(), guest(), guest(), guest()]);
    expect(invited.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const accept = invited.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await seats(2); // a smaller plan, while two are invited
    expect((await Promise.all(accept.map((work) => codeOf(work())))).sort()).toEqual([
      'OK',
      'PAYMENT_REQUIRED',
    ]);
    expect(Object.keys(await rolesOf())).toHaveLength(2);
    await seats(3);
    // the one who found no seat can still take the next one
    expect((await Promise.all(accept.map((work) => codeOf(work())))).sort()).toEqual(['CONFLICT', 'OK']);
    expect(Object.keys(await rolesOf())).toHaveLength(3);
  });
});

describe('ownership', () => {
  const transfer = (from: Person, to: Person, password = PASSWORD) =>
    codeOf(from.caller(owner.workspaceId).workspaces.transfer({ userId: to.userId, password }));

  it('goes to a member; who had it becomes an admin', async () => {
    const heir = await join('Heir');
    expect(await transfer(owner, heir, 'wrong')).toBe('FORBIDDEN');
    expect(await transfer(owner, await createPerson('Stranger'))).toBe('NOT_FOUND');
    expect(await transfer(owner, owner)).toBe('CONFLICT');
    expect(await transfer(owner, heir)).toBe('OK');
    expect(await rolesOf()).toEqual({ [owner.userId]: 'admin', [heir.userId]: 'owner' });
    expect(await transfer(owner, heir)).toBe('FORBIDDEN');
    const mail = await db().outgoingMail.findFirst({ where: { to: heir.email }, orderBy: { id: 'desc' } });
    expect(mail?.subject).toBe('“Owner’s workspace” is yours now');
    expect(await db().auditEntry.count({ where: { action: 'workspace.transfer' } })).toBe(1);
  });

  it('is given once when it is given to two at the same time', async () => {
    const [one, two] = [await join('One'), await join('Two')];
    const results = await Promise.all([transfer(owner, one), transfer(owner, two)]);
    expect(results.sort()[1]).toBe('OK');
    expect(Object.values(await rolesOf()).sort()).toEqual(['admin', 'member', 'owner']);
  });

  it('keeps its holder in the workspace', async () => {
    const leave = (person: Person) => codeOf(person.caller(owner.workspaceId).members.leave());
    expect(await leave(owner)).toBe('CONFLICT');
    const other = await join('Other', 'owner');
    const both = await Promise.all([leave(owner), leave(other)]);
    expect(both.sort()).toEqual(['CONFLICT', 'OK']);
    expect(Object.values(await rolesOf())).toEqual(['owner']);
  });
});
