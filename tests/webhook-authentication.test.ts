import { createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { createCredential } from '#server/credentials/commands.ts';
import { forget } from '#server/credentials/vault.ts';
import { db, getPool } from '#server/db.ts';
import { liveHub } from '#server/live/hub.ts';
import { openFiles } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { itemOf, publishWebhook, send, sendJson } from './support/webhook-calls.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-webhook-auth-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
beforeAll(async () => {
  ada = await createPerson('Ada');
  door = await startFrontDoor();
});
afterAll(async () => {
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

const keep = async (type: string, data: Record<string, unknown>, person = ada): Promise<string> =>
  (
    await createCredential(person.scope, {
      ...{ name: type, type, data, allowedHosts: [], sharing: 'workspace', members: [], expiresAt: null },
    })
  ).id;
const publish = (parameters: object, auth?: string) =>
  publishWebhook(ada, door.origin, parameters, auth ? { auth } : {});
const executions = async (workflowId: string): Promise<number> =>
  (await getPool().query('select 1 from execution where workflow_id = $1', [workflowId])).rowCount ?? 0;
/** Puts something else in the credential's place, as only a mistake of ours could. */
const point = async (workflowId: string, credentialId: string | null) => {
  await getPool().query(
    `update "trigger" set config = jsonb_set(config, '{credentialId}', $2::jsonb) where workflow_id = $1`,
    [workflowId, JSON.stringify(credentialId)],
  );
  liveHub().events.emit('triggers'); // what the notice of a change does
};

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('user and password', () => {
  it('let in who knows them, ask others, and stay out of the execution', async () => {
    const { id, url } = await publish(
      { authentication: 'basic' },
      await keep('basic', { user: 'ada', password: 's3cret' }),
    );
    const asked = await sendJson(url, {});
    expect(asked.status).toBe(401);
    expect(asked.headers['www-authenticate']).toMatch(/^Basic /);
    expect(asked.headers['content-type']).toBe('application/problem+json');
    expect((await sendJson(url, {}, basic('ada:wrong'))).status).toBe(401);
    expect((await sendJson(url, {}, basic('ada:s3cret'))).status).toBe(202);
    expect(await executions(id)).toBe(1);
    const { json } = await itemOf(await sendJson(url, { a: 1 }, basic('ada:s3cret')));
    expect(json).toMatchObject({ body: { a: 1 }, headers: { authorization: '[hidden]' } });
  });
});

describe('a secret header', () => {
  it('must come once', async () => {
    const { url } = await publish(
      { authentication: 'header' },
      await keep('header', { name: 'X-Key', value: 'k' }),
    );
    expect((await sendJson(url, {}, { 'x-key': 'k' })).status).toBe(202);
    expect((await sendJson(url, {}, { 'x-key': ['k', 'k'] })).status).toBe(401);
    expect((await sendJson(url, {}, { 'x-key': ['k', 'x'] })).status).toBe(401);
    expect((await sendJson(url, {})).status).toBe(401);
  });
});

describe('a token', () => {
  it('gives the workflow its claims', async () => {
    const secret = 'a secret of more than thirty-two bytes';
    const { url } = await publish(
      { authentication: 'jwt' },
      await keep('jwt', { algorithm: 'HS256', secret }),
    );
    const token = await new SignJWT({ sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1m')
      .sign(new TextEncoder().encode(secret));
    const { json } = await itemOf(await sendJson(url, {}, { authorization: `Bearer ${token}` }));
    expect(json.jwtPayload).toMatchObject({ sub: 'ada' });
    expect(JSON.stringify(json)).not.toContain(token);
    const refused = await sendJson(url, {}, { authorization: `Bearer ${token}x` });
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
  });
});

describe('a signature', () => {
  const hex = (secret: string, ...parts: (string | Buffer)[]) =>
    parts.reduce((mac, part) => mac.update(part), createHmac('sha256', secret)).digest('hex');
  const github = (secret: string, body: Buffer | string) => ({
    'x-hub-signature-256': `sha256=${hex(secret, body)}`,
  });

  it('is over the bytes as they came, whatever they are', async () => {
    const auth = await keep('webhook-signature', { secret: 'octocat' });
    const { url } = await publish({ authentication: 'signature', signature: 'github' }, auth);
    const json = '{ "a":  1,\n"ü": "\\u00fc" }';
    const headers = { 'content-type': 'application/json' };
    expect(
      (await send(url, { body: json, headers: { ...headers, ...github('octocat', json) } })).status,
    ).toBe(202);
    const other = JSON.stringify(JSON.parse(json));
    expect(
      (await send(url, { body: other, headers: { ...headers, ...github('octocat', json) } })).status,
    ).toBe(401);
    expect((await send(url, { body: json, headers })).status).toBe(401);
    const twice = { 'x-hub-signature-256': Array(2).fill(github('octocat', json)['x-hub-signature-256']) };
    expect((await send(url, { body: json, headers: { ...headers, ...twice } })).status).toBe(401);
  });

  it('holds for forms with files too, which start nothing and leave nothing when it does not', async () => {
    const auth = await keep('webhook-signature', { secret: 'octocat' });
    const { url } = await publish({ authentication: 'signature', signature: 'github' }, auth);
    const body = Buffer.from(
      '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n' +
        '--b\r\ncontent-disposition: form-data; name="f"; filename="f.txt"\r\n\r\nfile\r\n--b--\r\n',
    );
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const item = await itemOf(await send(url, { body, headers: { ...headers, ...github('octocat', body) } }));
    expect(item.json.body).toEqual({ a: '1' });
    expect(String(Buffer.from(await openFiles(ada.workspaceId, newId()).read(item.files!.f!)))).toBe('file');
    expect((await send(url, { body, headers: { ...headers, ...github('other', body) } })).status).toBe(401);
    const large = Buffer.alloc(6 * 1024 * 1024);
    const refused = await send(url, {
      body: large,
      headers: { 'content-type': 'image/png', ...github('octocat', large) },
    });
    expect(refused.status).toBe(413);
  });

  it('of Stripe gives one execution for an event, whatever else is changed in the call', async () => {
    const auth = await keep('webhook-signature', { secret: 'whsec_x' });
    const { id, url } = await publish({ authentication: 'signature', signature: 'stripe' }, auth);
    const body = JSON.stringify({ id: 'evt_1', type: 'charge.succeeded' });
    const call = (time: number, more = {}) =>
      send(url, {
        body,
        headers: {
          'content-type': 'application/json',
          'stripe-signature': `t=${time},v1=${hex('whsec_x', `${time}.`, body)}`,
          ...more,
        },
      });
    const now = Math.floor(Date.now() / 1000);
    const first = await call(now);
    expect(first.status).toBe(202);
    expect(JSON.parse((await call(now - 20, { 'webhook-id': 'other' })).text)).toEqual(
      JSON.parse(first.text),
    );
    expect((await call(now - 400)).status).toBe(401);
    expect(await executions(id)).toBe(1);
  });
});

describe.each([
  ['form-trigger', { title: 'F', fields: [{ label: 'Name', kind: 'text' }] }, { Name: 'Ada' }],
  ['chat-trigger', { title: 'C' }, { sessionId: 'a-session', chatInput: '' }],
])('the page of a %s', (type, parameters, sent) => {
  it('asks for a user and a password, also for what is sent there', async () => {
    const { caller } = ada;
    const auth = await keep('basic', { user: 'ada', password: 's3cret' });
    const workflow = {
      nodes: [
        {
          id: 'n',
          name: 'n',
          type,
          parameters: { ...parameters, authentication: 'basic' },
          credentials: { auth },
        },
      ],
    };
    const { id } = await caller().workflows.create({ name: 'W', workflow });
    const { triggers } = await caller().workflows.activate({ id });
    const url = door.origin + new URL(triggers[0]!.url!).pathname;
    for (const wrong of [{}, basic('ada:x')]) {
      const asked = await send(url, { method: 'GET', headers: wrong });
      expect([asked.status, asked.headers['www-authenticate']]).toEqual([
        401,
        expect.stringMatching(/^Basic /),
      ]);
      expect((await sendJson(url, sent, wrong)).status).toBe(401);
    }
    expect(await executions(id)).toBe(0);
    // the test's front door has no pages, and neither form nor message is complete: both have passed the guard
    expect((await send(url, { method: 'GET', headers: basic('ada:s3cret') })).status).toBe(404);
    expect([200, 303, 422]).toContain((await sendJson(url, sent, basic('ada:s3cret'))).status);
    await point(id, newId());
    expect((await sendJson(url, sent, basic('ada:s3cret'))).status).toBe(401);
  });
});

describe('nobody gets in', () => {
  it('without a credential, with one that is gone, broken, of another kind or of somebody else', async () => {
    const auth = await keep('header', { name: 'x-key', value: 'k' });
    const { id, url } = await publish({ authentication: 'header' }, auth);
    const call = async () => (await sendJson(url, {}, { 'x-key': 'k', ...basic('a:') })).status;
    expect(await call()).toBe(202);
    const eve = await createPerson('Eve');
    const others = await keep('header', { name: 'x-key', value: 'k' }, eve);
    const kind = await keep('basic', { user: 'k', password: 'k' });
    for (const credentialId of [null, '', 'not an id', newId(), others, kind]) {
      await point(id, credentialId);
      expect([credentialId, await call()]).toEqual([credentialId, 401]);
    }
    await point(id, auth);
    expect(await call()).toBe(202);
    await db().credential.update({ where: { id: auth }, data: { sealed: 'x' } });
    forget(auth);
    expect(await call()).toBeGreaterThanOrEqual(400);
    await db().credential.delete({ where: { id: auth } });
    forget(auth);
    expect(await call()).toBe(401);
    expect(await executions(id)).toBe(2);
  });

  it('by a word in the parameters that stands for a credential', async () => {
    const { caller } = ada;
    const workflow = {
      nodes: [
        { id: 'hook', name: 'hook', type: 'webhook-trigger', parameters: { authentication: 'header' } },
      ],
    };
    const { id } = await caller().workflows.create({ name: 'W', workflow });
    await expect(caller().workflows.activate({ id })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
