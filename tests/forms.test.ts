import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownItems } from '#engine/item.ts';
import type { WorkflowInput } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { getPool } from '#server/db.ts';
import { readEvents } from '#server/executions/journal.ts';
import type { FormState } from '#server/forms/schema.ts';
import { openFiles } from '#server/storage/open.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { startFrontDoor } from './support/front-door.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';
import { edges, node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-forms-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let worker: RunningWorker;
let door: Awaited<ReturnType<typeof startFrontDoor>>;
let origin: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  door = await startFrontDoor();
  origin = door.origin;
  worker = await startWorker();
});
afterAll(async () => {
  await worker.stop();
  await door.close();
  await rm(folder, { recursive: true, force: true });
});

const FIELDS = [
  { label: 'Name', kind: 'text', required: true },
  { label: 'Topic', name: 'topic', kind: 'select', options: 'Sales\nSupport' },
  { label: 'Your CV', kind: 'file', accept: '.txt' },
];

/** Activates a workflow that begins with a form; gives the path of the form. */
async function publish(
  nodes: ReturnType<typeof node>[],
  links: string[] = [],
  form: object = {},
): Promise<string> {
  const { id } = await ada.caller().workflows.create({
    name: 'Form',
    workflow: {
      nodes: [node('form', 'form-trigger', { title: 'Apply', fields: FIELDS, ...form }), ...nodes],
      edges: edges(...links),
    } as WorkflowInput,
  });
  const { triggers } = await ada.caller().workflows.activate({ id });
  expect(triggers[0]).toMatchObject({ type: 'form', active: true });
  return new URL(triggers[0]!.url!).pathname;
}
const post = (place: string, body: FormData | URLSearchParams, accept = 'application/json') =>
  fetch(`${origin}${place}`, { method: 'POST', body, headers: { accept }, redirect: 'manual' });
const filled = (values: Record<string, string | File>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.append(name, value);
  return data;
};
const tokenOf = (next: string) => new URL(next).pathname.split('/').at(-1)!;
const stateOf = (token: string): Promise<FormState> => anonymous().forms.state({ token });
const untilState = <S extends FormState['state']>(token: string, state: S) =>
  until(`the form is at “${state}”`, 20, async () => {
    const now = await stateOf(token);
    return now.state === state ? (now as Extract<FormState, { state: S }>) : null;
  });
async function lastExecution(): Promise<{
  id: string;
  trigger: { items: { json: Record<string, unknown> }[] };
}> {
  const { rows } = await getPool().query('select id, trigger from execution order by queued_at desc limit 1');
  return rows[0];
}

describe('a form', () => {
  it('starts an execution with its answers and files, and shows its end at once', async () => {
    const place = await publish([]);
    expect(await anonymous().forms.get({ endpointId: place.split('/').at(-1)! })).toMatchObject({
      page: { title: 'Apply', fields: [{ name: 'Name' }, { name: 'topic' }, { name: 'Your CV' }] },
    });
    const response = await post(
      `${place}?ref=mail`,
      filled({ Name: 'Ada', topic: 'Sales', 'Your CV': new File(['my life'], 'cv.txt'), extra: 'x' }),
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      ending: { title: 'Thank you', message: 'Your answers have been received.' },
    });
    const { trigger } = await lastExecution();
    expect(trigger.items).toEqual([
      {
        json: {
          Name: 'Ada',
          topic: 'Sales',
          'Your CV': { filename: 'cv.txt', mimetype: 'text/plain', size: 7 },
          submittedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          formMode: 'production',
          formQueryParameters: { ref: 'mail' },
        },
        files: { Your_CV: expect.objectContaining({ name: 'cv.txt', sizeBytes: 7 }) },
      },
    ]);
  });

  it('says what is wrong by field, keeps nothing of it and starts nothing', async () => {
    const place = await publish([]);
    const before = await lastExecution();
    const response = await post(place, filled({ topic: 'Nonsense', 'Your CV': new File(['x'], 'x.txt') }));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      issues: { Name: 'Fill this in.', topic: 'Choose from the list.' },
    });
    expect(await lastExecution()).toEqual(before);
  });

  it('works without scripts, and without files as a plain form', async () => {
    const place = await publish([]);
    const response = await post(place, new URLSearchParams({ Name: 'Ada' }), 'text/html');
    expect(response.status).toBe(303);
    const token = tokenOf(response.headers.get('location')!);
    expect(await untilState(token, 'ended')).toMatchObject({ ending: { title: 'Thank you' } });
  });

  it('is closed while its workflow is off, and is no webhook', async () => {
    const place = await publish([]);
    expect(
      (await fetch(`${origin}${place.replace('/forms/', '/webhooks/')}`, { method: 'POST' })).status,
    ).toBe(404);
    const { data } = await ada.caller().workflows.list({});
    await ada.caller().workflows.deactivate({ id: data[0]!.id });
    expect((await post(place, filled({ Name: 'Ada' }))).status).toBe(404);
    await expect(anonymous().forms.get({ endpointId: place.split('/').at(-1)! })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('more pages', () => {
  const page = node('more', 'form-page', {
    operation: 'page',
    title: 'Hello {{ $json.Name }}',
    fields: [
      { label: 'Age', kind: 'number', required: true },
      { label: 'Photo', kind: 'file' },
    ],
  });
  const end = node('end', 'form-page', {
    operation: 'ending',
    endingTitle: 'Done',
    endingMessage: '{{ $json.Age + 1 }} next year, {{ $("form").item.json.Name }}',
  });

  it('come one after the other, each filled in once, until the end', async () => {
    const place = await publish([page, end], ['form>more', 'more>end']);
    const { next } = (await (await post(place, filled({ Name: 'Ada' }))).json()) as { next: string };
    const token = tokenOf(next);
    const shown = await untilState(token, 'page');
    expect(shown.page).toMatchObject({ title: 'Hello Ada', fields: [{ name: 'Age' }, { name: 'Photo' }] });
    const run = `/forms/run/${token}?page=${encodeURIComponent(shown.pageId)}`;

    expect((await post(run, filled({ Age: 'old' }))).status).toBe(422);
    expect((await post(`/forms/run/${token}?page=x`, filled({ Age: '36' }))).status).toBe(409);
    const answers = filled({ Age: '36', Photo: new File(['pixels'], 'me.png') });
    const tries = await Promise.all([post(run, answers), post(run, answers), post(run, answers)]);
    expect(tries.map((response) => response.status).sort()).toEqual([200, 409, 409]);

    const ended = await untilState(token, 'ended');
    expect(ended.ending).toEqual({ title: 'Done', message: '37 next year, Ada' });
    expect((await post(run, filled({ Age: '36' }))).status).toBe(409);
    const { id } = await lastExecution();
    const done = (await readEvents(id)).find((e) => e.type === 'node.completed' && e.node === 'more');
    const [item] = done?.type === 'node.completed' ? shownItems(done.outputs.main!) : [];
    expect(item!.json).toMatchObject({ Age: 36, formMode: 'production', Photo: { filename: 'me.png' } });
    const kept = await openFiles(ada.workspaceId, newId()).read(item!.files!.Photo!);
    expect(Buffer.from(kept).toString()).toBe('pixels');
  });

  it('are no calls and no approvals', async () => {
    const place = await publish([page], ['form>more']);
    const { next } = (await (await post(place, filled({ Name: 'Bob' }))).json()) as { next: string };
    await untilState(tokenOf(next), 'page');
    const { data } = await ada.caller().approvals.list();
    expect(data).toEqual([]);
    expect((await fetch(`${origin}/webhooks/resume/${tokenOf(next)}`, { method: 'POST' })).status).toBe(404);
  });

  it('say so when the workflow has failed', async () => {
    const place = await publish([node('stop', 'stop-and-error', { message: 'no' })], ['form>stop'], {
      respond: 'last-node',
    });
    const { next } = (await (await post(place, filled({ Name: 'Eve' }))).json()) as { next: string };
    expect(await untilState(tokenOf(next), 'failed')).toEqual({ state: 'failed' });
  });

  it('are for nobody who made a link up', async () => {
    for (const token of ['x', 'A'.repeat(100)]) {
      await expect(stateOf(token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await post(`/forms/run/${token}?page=more:0`, filled({}))).status).toBe(404);
    }
  });
});
