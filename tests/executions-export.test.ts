import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowSchema } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import type { ApiScope } from '#server/api-keys/schema.ts';
import { findSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { exportExecutions } from '#server/executions/export.ts';
import { hasEndpoint } from '#server/rest/endpoints.ts';
import { handleExport, handleExportLink } from '#server/rest/export-route.ts';
import { createWorkflow } from '#server/workflows/commands.ts';
import { snapshot } from '#server/workflows/versions.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-export-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();
afterAll(() => rm(folder, { recursive: true, force: true }));

const HOUR = 3_600_000;
const NEWEST = Date.parse('2026-03-01T00:00:00Z');
let ada: Person;
let eve: Person;
let workflows: string[];

/** An hour between them; every second one belongs to the second workflow, and the first one has a large output. */
async function insert(person: Person, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let w = 0; w < 2; w++) {
    const draft = workflowSchema.parse({ name: 'w', nodes: [node('start', 'manual-trigger')] });
    const { id } = await createWorkflow(person.scope, { name: 'w', workflow: draft });
    const versionId = await snapshot(db(), id, draft, person.userId);
    ids.push(id);
    for (let n = w; n < count; n += 2) {
      const executionId = newId();
      const at = new Date(NEWEST - n * HOUR);
      const output =
        n === 0
          ? { stored: `executions/${executionId}/o`, length: 9, bytes: 99, first: [{ json: { n } }] }
          : [{ json: { n } }];
      await db().execution.create({
        data: {
          id: executionId,
          workspaceId: person.workspaceId,
          workflowId: id,
          versionId,
          mode: 'api',
          status: 'completed',
          trigger: {},
          queuedAt: at,
          startedAt: at,
          finishedAt: at,
        },
      });
      await db().journalChunk.create({
        data: {
          executionId,
          lastSeq: 4,
          events: [
            { seq: 1, at: 1, type: 'execution.started' },
            { seq: 2, at: 1, type: 'node.started', node: 'start', run: 0, attempt: 1, input: {} },
            {
              seq: 3,
              at: 2,
              type: 'node.completed',
              node: 'start',
              run: 0,
              durationMs: 1,
              outputs: { main: output },
            },
            { seq: 4, at: 2, type: 'execution.completed' },
          ] as object[],
        },
      });
    }
  }
  return ids;
}

beforeAll(async () => {
  ada = await createPerson('Ada');
  eve = await createPerson('Eve');
  workflows = await insert(ada, 250);
  await insert(eve, 3);
});

async function get(
  person: Person,
  search = '',
  { scopes = ['executions:read'] as ApiScope[], headers = {} } = {},
): Promise<Response> {
  const { key } = await createApiKey(person.scope, { name: newId(), scopes });
  return handleExport(
    new Request(`http://localhost/api/v1/executions/export${search}`, {
      headers: { authorization: `Bearer ${key}`, ...headers },
    }),
  );
}
interface Line {
  queuedAt: string;
  workflowId: string;
  nodes: Record<string, { outputs: { main: { json: { n: number } }[] }; stored?: object }[]>;
}
const linesIn = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
const numbers = (lines: Line[]) => lines.map(({ nodes }) => nodes.start![0]!.outputs.main[0]!.json.n);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

it('has every execution of the workspace with its data, newest first, and none of others', async () => {
  const response = await get(ada);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  expect(response.headers.get('ratelimit-limit')).toBeTruthy();
  const lines = linesIn(await response.text());
  expect(numbers(lines)).toEqual(upTo(250));
  expect(numbers(linesIn(await (await get(eve)).text()))).toEqual([0, 1, 2]);
  expect(lines[0]!.nodes.start![0]).toMatchObject({ stored: { outputs: { main: { items: 9, bytes: 99 } } } });
});

it('has those of a time and of a workflow', async () => {
  const at = (hours: number) => new Date(NEWEST - hours * HOUR).toISOString();
  const some = linesIn(await (await get(ada, `?from=${at(20)}&to=${at(10)}`)).text());
  expect(numbers(some)).toEqual(upTo(21).slice(11));
  const of = linesIn(await (await get(ada, `?workflowId=${workflows[1]}`)).text());
  expect(numbers(of)).toEqual(upTo(250).filter((n) => n % 2 === 1));
  expect((await get(ada, `?workflowId=${newId()}`)).status).toBe(200);
  expect((await get(ada, '?from=yesterday')).status).toBe(400);
});

it('is zipped for who takes it', async () => {
  const response = await get(ada, '', { headers: { 'accept-encoding': 'gzip, br' } });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(numbers(linesIn(gunzipSync(bytes).toString()))).toEqual(upTo(250));
});

it('is for those who may read executions', async () => {
  expect((await get(ada, '', { scopes: ['workflows:read'] })).status).toBe(403);
  const request = () => new Request('http://localhost/w/x/executions/export');
  expect((await handleExport(request())).status).toBe(401);
  const link = (person: Person | null) =>
    handleExportLink(request(), ada.workspaceId, () =>
      person ? findSession(person.sessionId) : Promise.resolve(null),
    );
  expect(numbers(linesIn(await (await link(ada)).text()))).toHaveLength(250);
  expect((await link(eve)).status).toBe(404);
  expect((await link(null)).status).toBe(401);
});

it('reads no further than it is read, and ends when it is told to', async () => {
  const stop = new AbortController();
  const lines = exportExecutions(ada.scope, {}, stop.signal);
  expect(numbers([JSON.parse((await lines.next()).value as string) as Line])).toEqual([0]);
  stop.abort(new Error('told to'));
  await expect(lines.next()).rejects.toThrow('told to');
});

it('is answered before an execution of that name is looked for', () => {
  expect(hasEndpoint('GET', '/executions/export')).toBe(false);
  expect(hasEndpoint('GET', `/executions/${newId()}`)).toBe(true);
});
