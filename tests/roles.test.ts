import { readFileSync } from 'node:fs';
import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '#server/api-keys/commands.ts';
import { ADMIN_SCOPES, API_SCOPES, type ApiScope, isAdminScope } from '#server/api-keys/schema.ts';
import { db } from '#server/db.ts';
import { restEndpoints } from '#server/rest/endpoints.ts';
import { handleRest } from '#server/rest/handler.ts';
import { PERMISSIONS, type Permission } from '#server/scope.ts';
import { appRouter } from '#server/trpc/app-router.ts';
import type { Meta } from '#server/trpc/init.ts';
import { ROLES, type Role } from '#server/workspaces/schema.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

/** The matrix as docs/roles.md has it. */
const DOCUMENTED = Object.fromEntries(
  [...readFileSync('docs/roles.md', 'utf8').matchAll(/^\| ([\w-]+:\w+) +\|(.+)\|$/gm)].map(
    ([, name, cells]) => {
      const said = cells!.split('|').map((cell) => cell.trim());
      return [name, (['owner', 'admin', 'member', 'viewer'] as const).filter((_, i) => said[i] === 'yes')];
    },
  ),
) as unknown as Record<Permission, readonly Role[]>;

/** Procedures for a person or for everybody, without a workspace: tests/tenancy.test.ts has their verdicts. */
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { meta?: Meta; type: string; inputs: unknown[] } }
  >,
).map(([name, { _def }]) => ({
  name,
  permission: _def.meta?.permission,
  type: _def.type,
  /** It would be carried out whatever it is called with. */
  takesNothing: _def.type === 'mutation' && _def.inputs.length === 0,
}));
const inWorkspace = procedures.flatMap(({ name, permission, type, takesNothing }) =>
  permission && !isAdminScope(permission) && type !== 'subscription'
    ? [{ name, permission, takesNothing }]
    : [],
);

let owner: Person;
const people = {} as Record<Role, Person>;
beforeAll(async () => {
  owner = await createPerson('Owner');
  for (const role of ROLES) {
    people[role] = await createPerson(role);
    await db().member.create({
      data: { workspaceId: owner.workspaceId, userId: people[role].userId, role },
    });
  }
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof TRPCError ? `${error.code}: ${error.message}` : String(error)),
  );
const call = (caller: object, name: string, input: unknown): Promise<unknown> =>
  (
    name.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
      i: unknown,
    ) => Promise<unknown>
  )(input);

describe('roles', () => {
  it('may do what the documents say', () => {
    expect(PERMISSIONS).toEqual(DOCUMENTED);
    expect(inWorkspace.length).toBeGreaterThan(50);
  });

  it.each(
    inWorkspace.flatMap(({ name, permission, takesNothing }) =>
      ROLES.filter((role) => !(takesNothing && DOCUMENTED[permission].includes(role))).map(
        (role) => [name, role, permission] as const,
      ),
    ),
  )('%s by the role %s', async (name, role, permission) => {
    const allowed = DOCUMENTED[permission].includes(role);
    // no procedure takes a text, so nothing happens where the role is enough
    const code = await codeOf(call(people[role].caller(owner.workspaceId), name, 'no such input'));
    if (allowed) expect(code).toMatch(/^(OK|BAD_REQUEST)/);
    else expect(code).toMatch(/^FORBIDDEN: The role/);
  });
});

describe('keys', () => {
  const endpoints = restEndpoints();
  const ALL: readonly ApiScope[] = [...API_SCOPES, ...ADMIN_SCOPES];
  const send = (key: string, { rest }: (typeof endpoints)[number]) =>
    handleRest(
      new Request(
        `http://localhost/api/v1${rest.path.replace('{workspaceId}', owner.workspaceId).replace(/\{\w+\}/g, 'x')}`,
        {
          method: rest.method,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          ...(rest.method === 'GET' || rest.method === 'DELETE' ? {} : { body: '{"": ""}' }),
        },
      ),
    );

  const dead: [string, () => Promise<string>][] = [
    [
      'revoked',
      async () => {
        const { key, id } = await createApiKey(owner.scope, { name: 'k', scopes: API_SCOPES });
        await revokeApiKey(owner.scope, id);
        return key;
      },
    ],
    [
      'expired',
      async () => {
        const { key, id } = await createApiKey(owner.scope, { name: 'k', scopes: API_SCOPES });
        await db().apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
        return key;
      },
    ],
    [
      'of somebody who has left',
      async () => {
        const gone = await createPerson('Gone');
        const place = { workspaceId: owner.workspaceId, userId: gone.userId };
        await db().member.create({ data: { ...place, role: 'admin' } });
        const { key } = await createApiKey(
          { ...gone.scope, ...place, role: 'admin' },
          { name: 'k', scopes: API_SCOPES },
        );
        await db().member.delete({ where: { workspaceId_userId: place } });
        return key;
      },
    ],
    ['made up', async () => `lf_${'a'.repeat(32)}`],
    ['empty', async () => ''],
  ];
  it.each(dead)('that are %s open nothing', async (_what, make) => {
    const key = await make();
    for (const endpoint of endpoints) {
      const { status } = await send(key, endpoint);
      expect([endpoint.rest.method, endpoint.rest.path, status]).toEqual([
        endpoint.rest.method,
        endpoint.rest.path,
        401,
      ]);
    }
  });

  it('open what their scopes name, and nothing else', async () => {
    for (const endpoint of endpoints) {
      const { permission } = endpoint;
      if (!permission) continue;
      const others = ALL.filter((scope) => scope !== permission);
      const without = await createApiKey(owner.scope, { name: 'k', scopes: others });
      const place = [endpoint.rest.method, endpoint.rest.path];
      expect([...place, (await send(without.key, endpoint)).status]).toEqual([...place, 403]);
      if (!ALL.includes(permission as ApiScope)) continue;
      const only = await createApiKey(owner.scope, { name: 'k', scopes: [permission as ApiScope] });
      expect([401, 403]).not.toContain((await send(only.key, endpoint)).status);
    }
  });
});
