import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FileRef, Item } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { openFiles } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { createPerson, type Person } from './support/people.ts';
import { node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-uploads-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let hook: string;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
beforeAll(async () => {
  ada = await createPerson('Ada');
  const { id } = await ada.caller().workflows.create({
    name: 'Uploads',
    workflow: { nodes: [node('hook', 'webhook-trigger')], edges: [] },
  });
  const { triggers } = await ada.caller().workflows.activate({ id });
  door = await startFrontDoor();
  hook = `${door.origin}${new URL(triggers[0]!.url!).pathname}`;
});
afterAll(async () => {
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

async function itemOf(response: Response): Promise<Item> {
  expect(response.status).toBe(202);
  const { executionId } = (await response.json()) as { executionId: string };
  const { rows } = await getPool().query<{ trigger: { items: Item[] } }>(
    'select trigger from execution where id = $1',
    [executionId],
  );
  return rows[0]!.trigger.items[0]!;
}
const textOf = async (file: FileRef) =>
  Buffer.from(await openFiles(ada.workspaceId, newId()).read(file)).toString();
const storedExecutions = () => readdirSync(path.join(folder, 'storage/files', ada.workspaceId));

it('a form with files starts an execution with its fields as data and its files as files', async () => {
  const form = new FormData();
  form.append('name', 'Ada');
  form.append('tag', 'a');
  form.append('tag', 'b');
  form.append('__proto__', 'x');
  form.append('photo', new File(['pixels'], 'me ü.png', { type: 'image/png' }));
  form.append('docs[]', new File(['one'], '1.txt'));
  form.append('docs[]', new File(['two'], '2.txt'));
  const { json, files = {} } = await itemOf(await fetch(hook, { method: 'POST', body: form }));
  expect(json.body).toEqual(JSON.parse('{"name":"Ada","tag":["a","b"],"__proto__":"x"}'));
  expect(Object.keys(files).sort()).toEqual(['docs0', 'docs1', 'photo']);
  expect(files.photo).toMatchObject({ name: 'me ü.png', mimeType: 'image/png', sizeBytes: 6 });
  expect(await textOf(files.docs1!)).toBe('two');
});

it('a body that is no text is a file', async () => {
  const { json, files = {} } = await itemOf(
    await fetch(hook, {
      method: 'POST',
      body: Buffer.alloc(300_000, 'x'),
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'attachment; filename="../a.pdf"',
      },
    }),
  );
  expect(json.body).toEqual({});
  expect(files).toEqual({
    data: { id: expect.any(String), name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 300_000 },
  });
});

it('data stays data', async () => {
  const json = await itemOf(
    await fetch(hook, { method: 'POST', body: '{"a":1}', headers: { 'content-type': 'application/json' } }),
  );
  expect(json.files).toBeUndefined();
  expect(json.json.body).toEqual({ a: 1 });
});

it('a delivery that comes again keeps one execution and one copy of the files', async () => {
  const send = () =>
    fetch(hook, {
      method: 'POST',
      body: 'GIF89a',
      headers: { 'content-type': 'image/gif', 'webhook-id': 'twice' },
    });
  const first = await itemOf(await send());
  const before = storedExecutions();
  expect(await itemOf(await send())).toEqual(first);
  expect(storedExecutions()).toEqual(before);
  expect(await textOf(first.files!.data!)).toBe('GIF89a');
});

it('what is too large or broken is refused, and nothing of it stays', async () => {
  const before = storedExecutions();
  const room = env().LINKFLOW_MAX_UPLOAD_BYTES;
  env().LINKFLOW_MAX_UPLOAD_BYTES = 100_000;
  try {
    const large = { method: 'POST', headers: { 'content-type': 'image/png' } };
    expect((await fetch(hook, { ...large, body: Buffer.alloc(200_000) })).status).toBe(413);
    const chunks = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(Buffer.alloc(10_000));
        controller.close();
      },
    });
    const streamed = await fetch(hook, { ...large, body: chunks, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
    const form = new FormData();
    form.append('a', new File([Buffer.alloc(150_000)], 'a.bin'));
    expect((await fetch(hook, { method: 'POST', body: form })).status).toBe(413);
  } finally {
    env().LINKFLOW_MAX_UPLOAD_BYTES = room;
  }
  const broken = [
    ['multipart/form-data', 'x'],
    [
      'multipart/form-data; boundary=abc',
      '--abc\r\ncontent-disposition: form-data; name="a"; filename="b"\r\n\r\nhalf',
    ],
  ];
  for (const [type, body] of broken) {
    const response = await fetch(hook, { method: 'POST', body, headers: { 'content-type': type! } });
    expect(response.status).toBe(400);
  }
  const fields = new FormData();
  for (let i = 0; i < 1_100; i++) fields.append(`f${i}`, 'x');
  expect((await fetch(hook, { method: 'POST', body: fields })).status).toBe(413);
  expect(storedExecutions()).toEqual(before);
});
