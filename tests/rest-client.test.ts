import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { handleExport } from '#server/rest/export-route.ts';
import { handleRest } from '#server/rest/handler.ts';
import { clientTypes } from '../scripts/client-types.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';

ownDatabase();

let server: Server;
let url: string;
let key: string;
let folder: string;
beforeAll(async () => {
  const ada = await createPerson('Ada');
  key = (await createApiKey(ada.scope, { name: 'k', scopes: API_SCOPES })).key;
  folder = mkdtempSync(path.join(tmpdir(), 'linkflow-cli-'));
  server = createServer(async (request, response) => {
    const body = await buffer(request);
    const handle = request.url!.startsWith('/api/v1/executions/export') ? handleExport : handleRest;
    const answer = await handle(
      new Request(`http://localhost${request.url}`, {
        method: request.method!,
        headers: request.headers as Record<string, string>,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
});

async function cli(
  args: string[],
  env: Record<string, string> = { LINKFLOW_URL: url, LINKFLOW_API_KEY: key },
) {
  const child = spawn(process.execPath, [path.resolve('cli/main.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, problem, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { out: out === '' ? null : JSON.parse(out), problem, code };
}

it('has the types of the API as it is; if not: npm run generate:client', () => {
  expect(clientTypes() === readFileSync('cli/client/api.d.ts', 'utf8')).toBe(true);
});

it('works with a running server: workflows, executions and credentials', async () => {
  const made = await handleRest(
    new Request('http://localhost/api/v1/workflows', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'By hand', nodes: [{ id: 'a', name: 'a', type: 'manual-trigger' }] }),
    }),
  );
  const { id } = (await made.json()) as { id: string };
  expect((await cli(['workflows', 'list', '--limit', '5'])).out).toMatchObject({
    data: [{ id, active: false }],
  });
  expect((await cli(['workflows', 'get', id])).out).toMatchObject({ id, name: 'By hand' });
  expect((await cli(['workflows', 'activate', id, '--message', 'go'])).out).toMatchObject({
    active: true,
    publishedVersion: { number: 1, message: 'go' },
  });
  const input = path.join(folder, 'input.json');
  writeFileSync(input, '{"a": 1}');
  const started = await cli(['workflows', 'execute', id, '--published', '--input', input]);
  expect(started.out).toMatchObject({ status: 'queued' });
  const { executionId } = started.out as { executionId: string };
  expect(
    (await cli(['executions', 'list', '--workflow', id, '--status', 'queued,running'])).out,
  ).toMatchObject({
    data: [{ id: executionId }],
  });
  expect((await cli(['executions', 'get', executionId])).out).toMatchObject({ id: executionId, mode: 'api' });
  const exported = await cli(['executions', 'export', '--workflow', id, '--from', '2026-01-01T00:00:00Z']);
  expect(exported.out).toMatchObject({ id: executionId, nodes: {} });
  expect((await cli(['executions', 'cancel', executionId])).out).toMatchObject({ executionId });
  expect((await cli(['workflows', 'deactivate', id])).out).toMatchObject({ active: false });
  const data = path.join(folder, 'data.json');
  writeFileSync(data, '{"token": "canary"}');
  const credential = await cli([
    'credentials',
    'create',
    '--name',
    'Shop',
    '--type',
    'bearer',
    '--data',
    data,
  ]);
  expect(credential.out).toMatchObject({ name: 'Shop', type: 'bearer' });
  const listed = await cli(['credentials', 'list']);
  expect(listed.out).toMatchObject({ data: [{ name: 'Shop' }] });
  expect(JSON.stringify([credential, listed])).not.toContain('canary');
}, 60_000);

it('says what went wrong on stderr, and ends with 1 or 2', async () => {
  const missing = await cli(['workflows', 'get', '01979d3c-8f1a-7c52-9b0e-3f6d2a41c7e8']);
  expect(missing).toEqual({ out: null, problem: '404: This workflow does not exist.\n', code: 1 });
  const bad = await cli(['workflows', 'list', '--key', 'lf_none']);
  expect([bad.code, bad.problem]).toEqual([1, '401: This API key is not valid.\n']);
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const away = await cli(['workflows', 'list', '--url', `http://127.0.0.1:${port}`]);
  expect([away.code, away.problem]).toEqual([1, 'The server cannot be reached (ECONNREFUSED).\n']);
  for (const args of [
    ['workflows'],
    ['workflows', 'get'],
    ['workflows', 'list', '--limit', 'x'],
    ['executions', 'stop'],
  ])
    expect([args, (await cli(args)).code]).toEqual([args, 2]);
  expect((await cli(['workflows', 'list'], { LINKFLOW_URL: url, LINKFLOW_API_KEY: '' })).code).toBe(2);
}, 60_000);
