import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCredentialDoor } from '#server/credentials/door.ts';
import { guardedDoor } from '#server/credentials/outbound.ts';
import { forget, openEntry } from '#server/credentials/vault.ts';
import { watchCredentials } from '#server/credentials/watch.ts';
import { db } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

/** A provider that takes every refresh token once, and an API that takes the newest access token. */
const provider = {
  asked: [] as {
    grant: string | null;
    refreshToken: string | null;
    code: string | null;
    verifier: string | null;
    authorization: string | undefined;
  }[],
  refuses: false,
  held: null as Promise<void> | null,
  lifetime: 3600,
  accessToken: 'none',
  refreshToken: 'none',
};
const calls: (string | undefined)[] = [];
const server = http.createServer(async (request, response) => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const json = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url !== '/token') {
    calls.push(request.headers.authorization);
    const good = request.headers.authorization === `Bearer ${provider.accessToken}`;
    return json(good ? 200 : 401, { good });
  }
  const form = new URLSearchParams(text);
  provider.asked.push({
    grant: form.get('grant_type'),
    refreshToken: form.get('refresh_token'),
    code: form.get('code'),
    verifier: form.get('code_verifier'),
    authorization: request.headers.authorization,
  });
  await provider.held;
  const used =
    form.get('grant_type') === 'refresh_token' && form.get('refresh_token') !== provider.refreshToken;
  if (provider.refuses || used)
    return json(400, { error: 'invalid_grant', error_description: 'Consent was withdrawn.' });
  const n = provider.asked.length;
  provider.accessToken = `access-${n}`;
  provider.refreshToken = `refresh-${n}`;
  return json(200, {
    access_token: provider.accessToken,
    refresh_token: provider.refreshToken,
    expires_in: provider.lifetime,
    token_type: 'Bearer',
  });
});

let ada: Person;
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ada = await createPerson('Ada');
});
beforeEach(() => {
  Object.assign(provider, { asked: [], refuses: false, held: null, lifetime: 3600 });
  calls.length = 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const data = () => ({
  authorizationUrl: `${url}/authorize`,
  tokenUrl: `${url}/token`,
  clientId: 'client id',
  clientSecret: 'client:secret',
  scope: 'read',
  authorizationParameters: 'access_type=offline',
});
const make = async (more: object = {}) =>
  (await ada.caller().credentials.create({ name: 'Provider', type: 'oauth2', data: { ...data(), ...more } }))
    .id;

async function connected(): Promise<string> {
  const id = await make();
  const { url: consent } = await ada.caller().credentials.connect({ id });
  const state = new URL(consent).searchParams.get('state')!;
  await ada.caller().credentials.finishConnect({ state, code: 'the-code' });
  return id;
}
const doorOf = () =>
  createCredentialDoor(
    { workspaceId: ada.workspaceId, executionId: '0198c0de-0000-7000-8000-000000000001' },
    guardedDoor(),
  );
const call = (id: string, door = doorOf()) =>
  door.signing(guardedDoor(), { id, nodeId: 'n', types: [] }).request({ method: 'GET', url: `${url}/api` });
/** As if the access token had ended. */
async function end(id: string): Promise<void> {
  const { tokens, data: fields } = await openEntry(ada.workspaceId, id);
  const { sealContent } = await import('#server/credentials/vault.ts');
  const sealed = await sealContent(
    db(),
    { workspaceId: ada.workspaceId, id },
    { data: fields, tokens: { ...tokens!, expiresAt: Date.now() } },
  );
  await db().credential.update({ where: { id }, data: { ...sealed, tokenExpiresAt: new Date() } });
}
const mails = () =>
  db().outgoingMail.count({ where: { to: ada.email, subject: { contains: 'does not work any more' } } });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );

describe('a consent', () => {
  it('goes out with PKCE and comes back once, to the person who began', async () => {
    const id = await make();
    const eve = await createPerson('Eve');
    const { url: consent } = await ada.caller().credentials.connect({ id });
    const asked = new URL(consent).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'client id',
      scope: 'read',
      access_type: 'offline',
      code_challenge_method: 'S256',
      redirect_uri: expect.stringMatching(/\/oauth\/callback$/),
    });
    const answer = { state: asked.get('state')!, code: 'the-code' };
    expect(await codeOf(eve.caller().credentials.finishConnect(answer))).toBe('NOT_FOUND');
    expect(await ada.caller().credentials.finishConnect(answer)).toMatchObject({ credentialId: id });
    expect(await codeOf(ada.caller().credentials.finishConnect(answer))).toBe('NOT_FOUND');
    expect(provider.asked).toHaveLength(1);
    const [{ grant, code, verifier, authorization } = provider.asked[0]!] = provider.asked;
    expect([grant, code]).toEqual(['authorization_code', 'the-code']);
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(verifier!).digest('base64url')).toBe(asked.get('code_challenge'));
    expect(Buffer.from(authorization!.slice(6), 'base64').toString()).toBe('client+id:client%3Asecret');
    expect(await ada.caller().credentials.get({ id })).toMatchObject({
      connectedAt: expect.any(Date),
      problem: null,
    });
    expect((await call(id)).status).toBe(200);
  });

  it('that is refused, late or made up leaves everything as it was', async () => {
    const id = await make();
    const state = async () =>
      new URL((await ada.caller().credentials.connect({ id })).url).searchParams.get('state')!;
    const { credentials } = ada.caller();
    await expect(
      credentials.finishConnect({
        state: await state(),
        error: 'access_denied',
        errorDescription: 'She said no.',
      }),
    ).rejects.toThrow('She said no.');
    const late = await state();
    await db().oAuthConnect.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    await expect(credentials.finishConnect({ state: late, code: 'c' })).rejects.toThrow('too long');
    expect(await codeOf(credentials.finishConnect({ state: 'made-up', code: 'c' }))).toBe('NOT_FOUND');
    provider.refuses = true;
    await expect(credentials.finishConnect({ state: await state(), code: 'c' })).rejects.toThrow(
      'Consent was withdrawn.',
    );
    expect((await credentials.get({ id })).connectedAt).toBeNull();
    await expect(call(id)).rejects.toMatchObject({ data: { kind: 'auth' } });
  });

  it('is asked for again when the client or its addresses change', async () => {
    const id = await connected();
    await ada.caller().credentials.update({ id, name: 'Renamed', data: { clientSecret: 'new' } });
    expect((await ada.caller().credentials.get({ id })).connectedAt).not.toBeNull();
    await ada.caller().credentials.update({ id, data: { scope: 'read write' } });
    expect((await ada.caller().credentials.get({ id })).connectedAt).toBeNull();
  });
});

describe('an access token', () => {
  it('that ends is renewed once, however many nodes need it', async () => {
    const id = await connected();
    await end(id);
    const gate = Promise.withResolvers<void>();
    provider.held = gate.promise;
    const under = Array.from({ length: 20 }, () => call(id));
    gate.resolve();
    expect((await Promise.all(under)).map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(provider.asked.filter(({ grant }) => grant === 'refresh_token')).toHaveLength(1);
    // whoever comes with what it knew before finds the new one
    forget(id);
    expect((await call(id)).status).toBe(200);
    expect(provider.asked).toHaveLength(2);
  });

  it('that the other side no longer takes is replaced, and the call made again', async () => {
    const id = await connected();
    provider.accessToken = 'taken back';
    expect((await call(id)).status).toBe(200);
    expect(calls).toHaveLength(2);
    provider.accessToken = 'taken back again';
    provider.refuses = true;
    expect((await call(id)).status).toBe(401); // the answer stands when there is no other token
  });

  it('is renewed before it ends, by the clock', async () => {
    const id = await connected();
    await db().credential.update({ where: { id }, data: { tokenExpiresAt: new Date(Date.now() + 120_000) } });
    await watchCredentials();
    expect(provider.asked.filter(({ grant }) => grant === 'refresh_token').length).toBeGreaterThanOrEqual(1);
    expect(
      (await db().credential.findUniqueOrThrow({ where: { id } })).tokenExpiresAt!.getTime(),
    ).toBeGreaterThan(Date.now() + 3_000_000);
  });

  it('that cannot be renewed is said on the page and by mail, once', async () => {
    const id = await connected();
    await end(id);
    provider.refuses = true;
    const before = await mails();
    for (let i = 0; i < 3; i++)
      await expect(call(id)).rejects.toMatchObject({
        data: { kind: 'auth', message: expect.stringContaining('invalid_grant') },
      });
    expect((await ada.caller().credentials.get({ id })).problem).toContain('invalid_grant');
    expect(await mails()).toBe(before + 1);
    // and is over once somebody has connected it again
    provider.refuses = false;
    const { url: consent } = await ada.caller().credentials.connect({ id });
    await ada
      .caller()
      .credentials.finishConnect({ state: new URL(consent).searchParams.get('state')!, code: 'again' });
    expect((await ada.caller().credentials.get({ id })).problem).toBeNull();
    expect((await call(id)).status).toBe(200);
  });

  it('of the client itself needs nobody', async () => {
    const { authorizationUrl: _a, authorizationParameters: _p, ...rest } = data();
    const id = (
      await ada.caller().credentials.create({
        name: 'Machine',
        type: 'oauth2',
        data: { ...rest, grant: 'client-credentials', clientAuthentication: 'body' },
      })
    ).id;
    expect((await call(id)).status).toBe(200);
    expect(provider.asked).toMatchObject([{ grant: 'client_credentials', authorization: undefined }]);
    expect((await call(id)).status).toBe(200);
    expect(provider.asked).toHaveLength(1);
    expect(await ada.caller().credentials.test({ id })).toMatchObject({ ok: true });
    await expect(ada.caller().credentials.connect({ id })).rejects.toThrow('without anybody');
  });
});

it('makers are told a week before their secret ends, once', async () => {
  await ada.caller().credentials.create({
    name: 'Ends',
    type: 'bearer',
    data: { token: 'x' },
    expiresAt: new Date(Date.now() + 3 * 86_400_000),
  });
  const told = () => db().outgoingMail.count({ where: { subject: 'The credential “Ends” ends soon' } });
  await watchCredentials();
  await watchCredentials();
  expect(await told()).toBe(1);
});
