import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isStored, type Output } from '#engine/item.ts';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getPool } from '#server/db.ts';
import { getReplay } from '#server/executions/queries.ts';
import { waitForEnd } from '#server/live/stream.ts';
import { loadItems } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Sink, startSink } from './support/sink.ts';
import { edges, node, post, set } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-large-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let sink: Sink;
let worker: ChildProcess;
beforeAll(async () => {
  ada = await createPerson();
  sink = await startSink();
  worker = await spawnWorker();
});
afterAll(async () => {
  worker.kill('SIGKILL');
  await sink.close();
  await rm(folder, { recursive: true, force: true });
});

async function spawnWorker(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [path.resolve('worker/main.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: process.env,
  });
  await new Promise((resolve) => started.once('message', resolve));
  return started;
}

const make = (count: number) =>
  node('make', 'code', {
    mode: 'all-items',
    source: `return Array.from({ length: ${count} }, (_, n) => ({ json: { n, text: 'some text of item ' + n } }));`,
    options: { timeoutMs: 60_000, memoryMb: 512 },
  });

async function start(file: WorkflowInput): Promise<string> {
  const { id } = await ada
    .caller()
    .workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });
  return (await ada.caller().executions.start({ id })).executionId;
}

/** What the nodes gave by `main` in their last run. */
async function outputsOf(executionId: string): Promise<Record<string, Output>> {
  const { events } = await getReplay(ada.scope, executionId);
  return Object.fromEntries(
    events.flatMap((e) => (e.type === 'node.completed' ? [[e.node, e.outputs.main ?? []] as const] : [])),
  );
}

const journalBytes = async (executionId: string): Promise<number> => {
  const { rows } = await getPool().query<{ bytes: string }>(
    'select sum(octet_length(events::text)) as bytes from journal_chunk where execution_id = $1',
    [executionId],
  );
  return Number(rows[0]!.bytes);
};

describe('large data', () => {
  it('goes through pure nodes fast, by reference in the journal', async () => {
    const executionId = await start({
      name: 'many items',
      nodes: [
        node('start', 'manual-trigger'),
        make(100_000),
        set('half', 'half', '{{ $json.n / 2 }}'),
        node('some', 'filter', {
          conditions: {
            combinator: 'and',
            rows: [{ left: '{{ $json.half }}', operator: 'number.lt', right: 100 }],
          },
        }),
        node('all', 'aggregate', { mode: 'fields', fields: [{ name: 'n', rename: 'numbers' }] }),
      ],
      edges: edges('start>make', 'make>half', 'half>some', 'some>all'),
    });
    expect(await waitForEnd(ada.scope, executionId, 50_000)).toBe('completed');
    const { make: made, half, some, all } = await outputsOf(executionId);
    expect([made, half].map((output) => [isStored(output!), output!.length])).toEqual([
      [true, 100_000],
      [true, 100_000],
    ]);
    expect((await loadItems(half!)).at(-1)!.json).toMatchObject({ n: 99_999, half: 49_999.5 });
    expect([isStored(some!), some!.length]).toEqual([false, 200]);
    expect((all as { json: { numbers: number[] } }[])[0]!.json.numbers).toHaveLength(200);
    expect(await journalBytes(executionId)).toBeLessThan(200_000);
    expect(await readdir(path.join(folder, 'storage', 'executions', executionId))).toHaveLength(3);
  });

  it('is there again for expressions after a crash', async () => {
    const release = sink.hold('/held');
    const executionId = await start({
      name: 'crash with many items',
      nodes: [
        node('start', 'manual-trigger'),
        make(40_000),
        node('few', 'filter', {
          conditions: {
            combinator: 'and',
            rows: [{ left: '{{ $json.n }}', operator: 'number.lt', right: 2 }],
          },
        }),
        post('call', `${sink.url}/held`, { settings: { executeOnce: true } as never }),
        set('said', 'said', "{{ $('make').all().length }} {{ $('make').last().json.text }}"),
      ],
      edges: edges('start>make', 'make>few', 'few>call', 'call>said'),
    });
    await sink.called('/held');
    worker.kill('SIGKILL');
    release();
    worker = await spawnWorker();
    expect(await waitForEnd(ada.scope, executionId, 40_000)).toBe('completed');
    const { said } = await outputsOf(executionId);
    expect((said as { json: { said: string } }[])[0]!.json.said).toBe('40000 some text of item 39999');
  });

  it('stops within seconds when it is cancelled', async () => {
    const executionId = await start({
      name: 'long work',
      nodes: [
        node('start', 'manual-trigger'),
        make(100_000),
        set(
          'slow',
          'slow',
          '{{ Array.from({ length: 5000 }, (_, i) => i * $json.n).reduce((a, b) => a + b, 0) }}',
        ),
      ],
      edges: edges('start>make', 'make>slow'),
    });
    await expect
      .poll(
        async () =>
          (await getReplay(ada.scope, executionId)).events.some((e) => 'node' in e && e.node === 'slow'),
        {
          timeout: 30_000,
        },
      )
      .toBe(true);
    const began = Date.now();
    await ada.caller().executions.cancel({ id: executionId });
    expect(await waitForEnd(ada.scope, executionId, 30_000)).toBe('cancelled');
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});
