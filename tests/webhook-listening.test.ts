import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findSession } from '#server/auth/sign-in.ts';
import { getPool } from '#server/db.ts';
import { liveHub } from '#server/live/hub.ts';
import { closeEar, listenForCalls, openEar, renewEar } from '#server/triggers/listening.ts';
import { listTriggers } from '#server/triggers/queries.ts';
import { triggersRouter } from '#server/triggers/router.ts';
import { flushCallCounts } from '#server/triggers/statistics.ts';
import { createContext } from '#server/trpc/context.ts';
import { createCallerFactory, router } from '#server/trpc/init.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { itemOf, send, sendJson } from './support/webhook-calls.ts';
import { edges, node, set } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-listening-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let worker: RunningWorker;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
let workflowId: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  door = await startFrontDoor();
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await door.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  workflowId = await draft({ respond: 'last-node', options: { path: 'orders/:id' } });
});

const nodesWith = (parameters: object, value = 1) => ({
  nodes: [node('hook', 'webhook-trigger', { httpMethod: 'POST', ...parameters }), set('set', 'v', value)],
  edges: edges('hook>set'),
});
const draft = async (parameters: object) =>
  (await ada.caller().workflows.create({ name: 'Draft', workflow: nodesWith(parameters) })).id;
const place = (nodeId = 'hook') => ({ workflowId, nodeId });
const here = (url: string) => door.origin + new URL(url).pathname.replace(':id', '7');
/** What the notice of a change does: that of another connection may come a moment later. */
const felt = () => liveHub().events.emit('triggers');

it('runs the draft, as it is at each call, by hand, and answers', async () => {
  const ear = await openEar(ada.scope, place());
  felt();
  expect(ear).toMatchObject({
    live: false,
    url: expect.stringMatching(/\/webhooks\/[\w-]{22}\/orders\/:id$/),
  });
  const answer = await sendJson(here(ear.url), {}, { 'webhook-id': 'same' });
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
    200,
    { v: 1, params: { id: '7' }, executionMode: 'test' },
  ]);
  await ada.caller().workflows.update({ id: workflowId, ...nodesWith({ respond: 'last-node' }, 2) } as never);
  const again = await sendJson(here(ear.url), {}, { 'webhook-id': 'same' });
  expect(JSON.parse(again.text)).toMatchObject({ v: 2 });
  const { rows } = await getPool().query('select mode from execution where workflow_id = $1', [workflowId]);
  expect(rows).toEqual([{ mode: 'manual' }, { mode: 'manual' }]);
  await closeEar(place(), ear.token!);
  felt();
  expect((await sendJson(here(ear.url), {})).status).toBe(404);
});

it('asks who calls, as the webhook does', async () => {
  workflowId = await draft({ options: { ipAllowlist: '203.0.113.7' } });
  const { url } = await openEar(ada.scope, place());
  felt();
  expect((await sendJson(here(url), {})).status).toBe(403);
});

it('closes by itself when nobody says any more that they watch', async () => {
  const { url } = await openEar(ada.scope, place());
  await getPool().query(
    `update "trigger" set config = jsonb_set(config, '{listening,until}', to_jsonb(1)) where workflow_id = $1`,
    [workflowId],
  );
  felt();
  expect((await sendJson(here(url), {})).status).toBe(404);
});

it('is open as long as the subscription, and no longer', async () => {
  const gone = new AbortController();
  const ear = await listenForCalls(ada.scope, place(), gone.signal);
  const { value } = await ear.next();
  felt();
  expect(value!.until.getTime() - Date.now()).toBeLessThanOrEqual(5 * 60_000);
  expect((await sendJson(here(value!.url), {})).status).toBe(200);
  const end = ear.next();
  gone.abort();
  expect(await end).toEqual({ done: true, value: undefined });
  felt();
  expect((await sendJson(here(value!.url), {})).status).toBe(404);
});

it('belongs to the last who asked', async () => {
  const first = await openEar(ada.scope, place());
  const second = await openEar(ada.scope, place());
  expect(second.url).toBe(first.url);
  expect(await renewEar(place(), first.token!, first.until)).toBe(false);
  expect(await renewEar(place(), second.token!, second.until)).toBe(true);
  await closeEar(place(), first.token!);
  felt();
  expect((await sendJson(here(second.url), {})).status).toBe(200);
});

it('has the address that stays when the workflow is published, which ends it', async () => {
  const ear = await openEar(ada.scope, place());
  const { triggers } = await ada.caller().workflows.activate({ id: workflowId });
  felt();
  expect(ear.url.startsWith(triggers[0]!.url!)).toBe(true);
  const answer = await sendJson(here(ear.url), {});
  expect(JSON.parse(answer.text)).toMatchObject({ executionMode: 'production' });
  expect(await openEar(ada.scope, place())).toMatchObject({ live: true, token: null });
  await ada.caller().workflows.deactivate({ id: workflowId });
  felt();
  expect((await sendJson(here(ear.url), {})).status).toBe(404);
});

it('is for webhooks of drafts that can run, and for those who may run them', async () => {
  await expect(openEar(ada.scope, place('set'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const eve = await createPerson('Eve');
  await expect(openEar(eve.scope, place())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  workflowId = await draft({ authentication: 'basic' });
  await expect(openEar(ada.scope, place())).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  workflowId = await draft({ options: { path: '..' } });
  await expect(openEar(ada.scope, place())).rejects.toMatchObject({ code: 'UNPROCESSABLE_CONTENT' });
});

it('tells strangers nothing about a draft that broke meanwhile', async () => {
  const ear = await openEar(ada.scope, place());
  felt();
  const broken = { nodes: [node('hook', 'webhook-trigger', { nonsense: 'secret name' })], edges: [] };
  await ada.caller().workflows.update({ id: workflowId, ...broken } as never);
  const answer = await sendJson(here(ear.url), {});
  expect(answer.status).toBe(409);
  expect(answer.text).not.toContain('nonsense');
});

it('calls are counted by day, with what the last refused one was told', async () => {
  workflowId = await draft({ options: { contentTypes: 'application/json' } });
  const { triggers } = await ada.caller().workflows.activate({ id: workflowId });
  felt();
  const url = here(triggers[0]!.url!);
  await itemOf(await sendJson(url, {}, { 'webhook-id': '1' }));
  await sendJson(url, {}, { 'webhook-id': '1' });
  await sendJson(url, {});
  await send(url, { body: 'x', headers: { 'content-type': 'a/b\u00ff' } });
  await send(url, { method: 'DELETE' });
  await flushCallCounts();
  await sendJson(url, {});
  await flushCallCounts();
  const day = new Date().toISOString().slice(0, 10);
  expect(await listTriggers(ada.scope, workflowId)).toEqual([
    {
      nodeId: 'hook',
      type: 'webhook',
      url: triggers[0]!.url,
      active: true,
      nextRunAt: null,
      calls: {
        ...{ accepted: 3, repeated: 1, refused: 2 },
        lastRefusal: 'This webhook takes POST, not DELETE.',
        lastAt: expect.any(Date),
        days: [{ day, accepted: 3, repeated: 1, refused: 2 }],
      },
    },
  ]);
  // of a trigger that goes while its calls wait to be written, nothing is kept, and nothing else is lost
  await sendJson(url, {});
  await getPool().query('delete from "trigger" where workflow_id = $1', [workflowId]);
  await flushCallCounts();
  expect(await listTriggers(ada.scope, workflowId)).toEqual([]);
});

it('the procedures are for members only', async () => {
  const caller = (person: Person, workspaceId = person.workspaceId) =>
    createCallerFactory(router({ triggers: triggersRouter }))(
      createContext({ transport: 'trpc', workspaceId, loadSession: () => findSession(person.sessionId) }),
    );
  await openEar(ada.scope, place());
  expect((await caller(ada).triggers.list({ id: workflowId })).data).toMatchObject([{ active: false }]);
  const eve = await createPerson('Eve');
  await expect(caller(eve).triggers.list({ id: workflowId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(caller(eve, ada.workspaceId).triggers.list({ id: workflowId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
