import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-answers-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let worker: RunningWorker;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
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

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** Sends a file (or a body) to a webhook with these parameters, and to the nodes behind it. */
async function call(
  parameters: object,
  { behind = [], body }: { behind?: ReturnType<typeof node>[]; body?: object } = {},
): Promise<Response> {
  const names = ['hook', ...behind.map(({ id }) => id)];
  const { id } = await ada.caller().workflows.create({
    name: 'Answer',
    workflow: {
      nodes: [node('hook', 'webhook-trigger', { httpMethod: 'POST', ...parameters }), ...behind],
      edges: edges(...names.slice(1).map((name, i) => `${names[i]}>${name}`)),
    },
  });
  const { triggers } = await ada.caller().workflows.activate({ id });
  const url = `${door.origin}${new URL(triggers[0]!.url!).pathname}`;
  if (body)
    return fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const form = new FormData();
  form.set('photo', new File([png], 'me ü.png', { type: 'image/png' }));
  return fetch(url, { method: 'POST', body: form });
}

it('a file of the last node is the answer, as the file that it is', async () => {
  const answer = await call({ respond: 'last-node', respondWith: 'first-file', responseFile: 'photo' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(answer.headers.get('content-disposition')).toBe("inline; filename*=UTF-8''me%20%C3%BC.png");
  // a page that somebody uploads must not act in the origin of the app
  expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox/);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
});

it('a respond node answers with a file, under headers of its own', async () => {
  const answer = await call(
    { respond: 'respond-node' },
    {
      behind: [
        node('answer', 'respond-to-webhook', {
          respondWith: 'file',
          status: 201,
          headers: [{ name: 'Content-Disposition', value: 'attachment' }],
        }),
      ],
    },
  );
  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-disposition')).toBe('attachment');
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
});

it('says so when there is no such file', async () => {
  const answer = await call({ respond: 'last-node', respondWith: 'first-file', responseFile: 'scan' });
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({
    title: 'EXECUTION_FAILED',
    detail: 'The last item has no file “scan” to answer with.',
  });
});

it('one field of the item is the answer, as text under a type of its own', async () => {
  const body = { page: '<h1>Hi</h1>', order: { id: 7 } };
  const field = (responseField: string, options = {}) =>
    call({ respond: 'last-node', responseField: `body.${responseField}`, options }, { body });
  expect(await (await field('order')).json()).toEqual({ id: 7 });
  expect(await (await field('page')).json()).toBe('<h1>Hi</h1>');
  expect(await (await field('none')).json()).toBeNull();
  const page = await field('page', { responseContentType: 'text/html' });
  expect(page.headers.get('content-type')).toBe('text/html');
  expect(await page.text()).toBe('<h1>Hi</h1>');
});

it('answers at once with nothing, when that is wanted', async () => {
  const answer = await call({ responseStatus: 204, options: { noBody: true } }, { body: {} });
  expect(answer.status).toBe(204);
  expect(await answer.text()).toBe('');
});
