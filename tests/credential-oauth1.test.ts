import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { flushAccesses } from '#server/credentials/access-log.ts';
import { createCredentialDoor } from '#server/credentials/door.ts';
import { guardedDoor } from '#server/credentials/outbound.ts';
import { openEntry } from '#server/credentials/vault.ts';
import { db } from '#server/db.ts';
import { createAuthority } from './support/certificates.ts';
import { ownDatabase } from './support/database.ts';
import { startOAuth1Provider } from './support/oauth1-provider.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

let service: Awaited<ReturnType<typeof startOAuth1Provider>>;
let ada: Person;

beforeAll(async () => {
  service = await startOAuth1Provider();
  ada = await createPerson('Ada');
});
beforeEach(() => {
  service.state.refuses = false;
  service.verdicts.length = 0;
});
afterAll(async () => {
  await flushAccesses();
  service.close();
});

const make = async (more: Record<string, unknown> = {}) =>
  (
    await ada.caller().credentials.create({
      name: 'Service',
      type: 'oauth1',
      data: {
        flow: 'consent',
        requestTokenUrl: `${service.url}/request`,
        authorizationUrl: `${service.url}/authorize?lang=en`,
        accessTokenUrl: `${service.url}/access`,
        consumerKey: 'shop',
        consumerSecret: 'consumer&secret',
        signatureMethod: 'HMAC-SHA256',
        ...more,
      },
    })
  ).id;
const call = (id: string) =>
  createCredentialDoor({ workspaceId: ada.workspaceId, unrecorded: true }, guardedDoor())
    .signing(guardedDoor(), { id, nodeId: 'n', types: [] })
    .request({ method: 'GET', url: `${service.url}/api` });

/** As the service would send somebody back, once they consented. */
async function consented(id: string) {
  const { url, state } = await ada.caller().credentials.connect({ id });
  const page = new URL(url);
  const callback = new URL(service.verdicts.at(-1)!.given.oauth_callback!);
  expect(callback.searchParams.get('state')).toBe(state); // by which the page that waits knows its answer
  return {
    page,
    callback,
    answer: {
      state: callback.searchParams.get('state')!,
      code: 'she-said-yes',
      token: page.searchParams.get('oauth_token')!,
    },
  };
}

describe('a consent by OAuth 1', () => {
  it('goes from a request token over a person to an access token, which signs from then on', async () => {
    const id = await make();
    await expect(call(id)).rejects.toMatchObject({ data: { kind: 'auth' } });
    const { page, callback, answer } = await consented(id);
    expect(page.pathname + page.search).toMatch(/^\/authorize\?lang=en&oauth_token=request-\d+$/);
    expect(callback.pathname).toBe('/oauth/callback');
    expect(await ada.caller().credentials.finishConnect(answer)).toMatchObject({ credentialId: id });
    expect(await ada.caller().credentials.get({ id })).toMatchObject({ connectedAt: expect.any(Date) });
    expect((await call(id)).status).toBe(200);
    expect(service.verdicts.at(-1)!.given.oauth_token).toMatch(/^access-/);
    expect(service.verdicts.map(({ problem }) => problem)).toEqual([null, null, null]);
    await expect(ada.caller().credentials.finishConnect(answer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps its secrets sealed on the way', async () => {
    const id = await make();
    await consented(id);
    const row = await db().oAuthConnect.findFirstOrThrow({ where: { credentialId: id } });
    expect(JSON.stringify(row)).not.toMatch(/request-\d|secret-of/);
  });

  it('belongs to whoever began, to its request token, and to a service that agrees', async () => {
    const id = await make();
    const eve = await createPerson('Eve');
    const { answer } = await consented(id);
    await expect(eve.caller().credentials.finishConnect(answer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { finishConnect } = ada.caller().credentials;
    await expect(finishConnect({ ...answer, token: 'request-of-eve' })).rejects.toThrow('another connection');
    const second = (await consented(id)).answer;
    await expect(finishConnect({ ...second, code: 'guessed' })).rejects.toThrow('verifier');
    const third = (await consented(id)).answer;
    await expect(finishConnect({ state: third.state })).rejects.toThrow('did not give access');
    service.state.refuses = true;
    await expect(ada.caller().credentials.connect({ id })).rejects.toThrow('permission_denied');
    expect((await openEntry(ada.workspaceId, id)).tokens).toBeUndefined();
  });

  it('has to be given anew for another consumer or another service', async () => {
    const id = await make();
    await ada.caller().credentials.finishConnect((await consented(id)).answer);
    const { update, get } = ada.caller().credentials;
    await update({ id, data: { realm: 'r' } });
    expect((await get({ id })).connectedAt).not.toBeNull();
    await update({ id, data: { accessTokenUrl: `${service.url}/elsewhere` } });
    expect((await get({ id })).connectedAt).toBeNull();
    expect((await openEntry(ada.workspaceId, id)).tokens).toBeUndefined();
  });

  it('is nothing for tokens that were typed in', async () => {
    service.accounts.tokens.mine = 'token-secret';
    const typed = { flow: 'tokens', accessToken: 'mine', tokenSecret: 'token-secret' };
    const { id } = await ada.caller().credentials.create({
      name: 'Typed',
      type: 'oauth1',
      data: { ...typed, consumerKey: 'shop', consumerSecret: 'consumer&secret' },
    });
    await expect(ada.caller().credentials.connect({ id })).rejects.toThrow('without anybody');
    expect((await call(id)).status).toBe(200);
    expect(await ada.caller().credentials.test({ id, url: `${service.url}/api` })).toMatchObject({
      ok: true,
    });
  });
});

describe('a client certificate', () => {
  const own = createAuthority('Own CA');
  const pair = own.issue('ada', { passphrase: 'open sesame' });
  const save = (data: Record<string, unknown>) =>
    ada.caller().credentials.create({ name: 'C', type: 'client-certificate', data });

  it('is checked when it is saved, and the field named', async () => {
    await expect(save({})).rejects.toThrow('data.certificate');
    await expect(save({ ...pair, passphrase: 'wrong' })).rejects.toThrow('data.passphrase');
    await expect(save({ ...pair, passphrase: 'open sesame', ca: 'none' })).rejects.toThrow('data.ca');
    const { id } = await save({ ...pair, passphrase: 'open sesame', ca: own.ca });
    const { update, get } = ada.caller().credentials;
    await expect(update({ id, data: { passphrase: 'wrong' } })).rejects.toThrow('data.passphrase');
    const other = own.issue('grace');
    await expect(update({ id, data: { privateKey: other.privateKey } })).rejects.toThrow('does not belong');
    await update({ id, data: { ...other, passphrase: null } });
    const { fields, secrets } = await get({ id });
    expect([fields, secrets.sort()]).toEqual([{}, ['ca', 'certificate', 'privateKey']]);
  });

  it('by the name that n8n has for it too', async () => {
    const data = { cert: pair.certificate, key: pair.privateKey, passphrase: 'open sesame' };
    const { type } = await ada.caller().credentials.create({ name: 'C', type: 'httpSslAuth', data });
    expect(type).toBe('client-certificate');
  });
});
