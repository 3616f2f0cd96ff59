import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-chat-'));
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

const set = (value: string, name = 'output') =>
  node('say', 'set', {
    mode: 'fields',
    fields: [{ name, type: 'string', value }],
    includeOther: 'none',
  });

/** The id of a chat that answers with this node. */
async function publish(answer: ReturnType<typeof node>, chat: Record<string, unknown> = {}): Promise<string> {
  const { id } = await ada.caller().workflows.create({
    name: 'Chat',
    workflow: { nodes: [node('chat', 'chat-trigger', chat), answer], edges: edges(`chat>${answer.id}`) },
  });
  const { triggers } = await ada.caller().workflows.activate({ id });
  const url = new URL(triggers[0]!.url!);
  expect(url.pathname).toMatch(/^\/chat\/[\w-]{22}$/);
  return url.pathname.split('/')[2]!;
}

const send = (endpointId: string, body: BodyInit, type = 'application/json') =>
  fetch(`${door.origin}/chat/${endpointId}`, {
    method: 'POST',
    body,
    headers: typeof body === 'string' ? { 'content-type': type } : {},
  });
const say = (endpointId: string, chatInput: string, sessionId = 'session-1') =>
  send(endpointId, JSON.stringify({ sessionId, chatInput }));
const answered = async (response: Response) => {
  expect(response.status).toBe(200);
  return ((await response.json()) as { output: string }).output;
};

describe('a chat', () => {
  it('is what was written, for whoever has the address', async () => {
    const id = await publish(set('x'), {
      title: 'Ask us',
      greeting: 'Hello\n\nWhat is it?',
      options: { placeholder: 'Ask …', allowFiles: true },
    });
    expect(await anonymous().chat.get({ endpointId: id })).toEqual({
      title: 'Ask us',
      subtitle: '',
      greeting: ['Hello', 'What is it?'],
      placeholder: 'Ask …',
      allowFiles: true,
    });
  });

  it.each([
    ['output', 'You said: Hi (session-1)'],
    ['text', 'You said: Hi (session-1)'],
    ['other', JSON.stringify({ other: 'You said: Hi (session-1)' }, null, 2)],
  ])('answers with the field %s of the last node', async (field, expected) => {
    const id = await publish(set('You said: {{ $json.chatInput }} ({{ $json.sessionId }})', field));
    expect(await answered(await say(id, 'Hi'))).toBe(expected);
  });

  it('answers with what a respond node says', async () => {
    const id = await publish(
      node('say', 'respond-to-webhook', { respondWith: 'text', text: '{{ $json.chatInput }}!' }),
      { respond: 'respond-node' },
    );
    expect(await answered(await say(id, 'Hi'))).toBe('Hi!');
  });

  it('takes files where they are allowed, and keeps none where they are not', async () => {
    const form = () => {
      const data = new FormData();
      data.set('sessionId', 'session-1');
      data.set('chatInput', '');
      data.append('files', new File(['life'], 'cv.txt', { type: 'text/plain' }));
      return data;
    };
    const open = await publish(set('{{ $json.files[0].fileName }} {{ $binary.data0.mimeType }}'), {
      options: { allowFiles: true },
    });
    expect(await answered(await send(open, form()))).toBe('cv.txt text/plain');

    const before = stored();
    const refused = await send(await publish(set('x')), form());
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ detail: 'This chat takes no files.' });
    expect(stored()).toEqual(before);
  });

  it.each([
    ['an empty one', '{"sessionId":"session-1","chatInput":"  "}', /empty/],
    ['one of no conversation', '{"chatInput":"Hi"}', /sessionId/],
    ['a strange conversation', '{"sessionId":"../../etc","chatInput":"Hi"}', /sessionId/],
    ['a long one', JSON.stringify({ sessionId: 'session-1', chatInput: 'x'.repeat(40_000) }), /32000/],
    ['a list', '[1]', /sessionId/],
  ])('refuses %s', async (_name, body, reason) => {
    const response = await send(await publish(set('x')), body);
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toMatch(reason);
  });

  it('says that it failed, and not why', async () => {
    const id = await publish(
      node('say', 'stop-and-error', { errorType: 'message', message: 'secret inside' }),
    );
    const response = await say(id, 'Hi');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  it.each([
    ['is not open to everybody', { open: false }],
    ['is switched off', {}],
  ])('is not there when it %s', async (_name, chat) => {
    const { id } = await ada.caller().workflows.create({
      name: 'Closed',
      workflow: { nodes: [node('chat', 'chat-trigger', chat), set('x')], edges: edges('chat>say') },
    });
    const { triggers } = await ada.caller().workflows.activate({ id });
    const endpointId = new URL(triggers[0]!.url!).pathname.split('/')[2]!;
    if (!('open' in chat)) await ada.caller().workflows.deactivate({ id });
    expect((await say(endpointId, 'Hi')).status).toBe(404);
    await expect(anonymous().chat.get({ endpointId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

const stored = () => readdirSync(path.join(folder, 'storage/files', ada.workspaceId)).sort();
