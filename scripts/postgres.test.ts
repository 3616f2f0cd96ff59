import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort, type RunningPostgres, startPostgres } from './postgres.ts';

let root: string;
const running: RunningPostgres[] = [];

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'linkflow-postgres-'));
  chmodSync(root, 0o755); // as root, PostgreSQL runs as another user, who must get to its own folder in here
});
afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  rmSync(root, { recursive: true, force: true });
});

async function start(dataDir: string, port: number): Promise<RunningPostgres> {
  const postgres = await startPostgres({ dataDir, port, password: 'secret' });
  running.push(postgres);
  return postgres;
}

test('listens on a socket in its own folder, and on TCP alone where it cannot', async () => {
  const [dataDir, port] = [path.join(root, 'one'), await freePort()];
  const first = await start(dataDir, port);
  expect(first.socketDir).toBe(dataDir);
  const again = await start(dataDir, port);
  expect(again).toMatchObject({ started: false, port, socketDir: dataDir });
  await first.stop();
  mkdirSync(path.join(dataDir, `.s.PGSQL.${port}`)); // as a file system without sockets: the name cannot be had
  expect(await start(dataDir, port)).toMatchObject({ started: true, port, socketDir: null });
});

test('a folder whose path is too long for a socket has none', async () => {
  const dataDir = path.join(root, 'x'.repeat(100));
  expect(await start(dataDir, await freePort())).toMatchObject({ socketDir: null });
});
