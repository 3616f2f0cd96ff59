import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../scripts/embedded.ts';
import { migrate } from '../scripts/migrate.ts';
import { freePort } from '../scripts/postgres.ts';
import { WORKER_FLAGS } from '../scripts/worker-flags.ts';
import { startSystem } from '../tests/support/system.ts';
import { type Api, createAccount } from './api.ts';
import { type ProcessUse, type Role, readProcesses } from './processes.ts';

/** The product under measurement, with a data folder of its own that is gone afterwards. */
export interface Product {
  url: string;
  /** The first account. */
  api: Api;
  /** Another account, in a workspace of its own. */
  createAccount(name: string): Promise<Api>;
  processes(): ProcessUse[];
  /** The one process of this role. */
  process(role: Role): ProcessUse;
  stop(): Promise<void>;
}

/** Web and worker as two processes over one database, without a supervisor: no worker runs at first. */
export interface ApartProduct extends Product {
  startWorker(nodeArgs?: string[]): Promise<void>;
  stopWorker(): Promise<void>;
  databaseUrl: string;
}

const root = path.resolve(import.meta.dirname, '..');

/** What is measured has a database of its own, whatever this shell is set up for. */
export function forgetDatabase(): void {
  for (const name of ['DATABASE_URL', 'LINKFLOW_MASTER_KEY', 'LINKFLOW_DATA_DIR']) delete process.env[name];
}

/** As `npm start` runs it. */
export async function startProduct(): Promise<Product> {
  const system = await startSystem({ env: { LINKFLOW_LOG_LEVEL: 'error' } });
  const env = { ...process.env, LINKFLOW_DATA_DIR: system.dataDir };
  return describeProduct(system.url, env, () => [system.process.pid!], system.stop);
}

/** As `npm run start:web` and `npm run start:worker` run it. */
export async function startApart(
  webArgs: string[] = [],
  postgresSettings: Record<string, string> = {},
): Promise<ApartProduct> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'linkflow-bench-'));
  chmodSync(dataDir, 0o755); // as root, PostgreSQL runs as another user, who must get to its own folder in here
  const port = await freePort();
  const url = `http://localhost:${port}`;
  process.env.LINKFLOW_DATA_DIR = dataDir;
  const postgres = await startEmbedded({ settings: postgresSettings });
  await migrate();
  const env: NodeJS.ProcessEnv = {
    ...process.env, // with the database's address and the key
    PORT: String(port),
    APP_URL: url,
    NODE_ENV: 'production',
    LINKFLOW_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
    LINKFLOW_LOG_LEVEL: 'error',
  };
  forgetDatabase();
  const web = await launch('server/main.ts', webArgs, env);
  let worker: ChildProcess | null = null;
  const stopWorker = async () => {
    if (worker) await end(worker);
    worker = null;
  };
  const stop = async () => {
    await Promise.all([end(web), stopWorker()]);
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  // all below this process: nothing else runs beside a product under measurement
  const product = await describeProduct(url, env, () => [process.pid], stop);
  return {
    ...product,
    async startWorker(nodeArgs = []) {
      worker = await launch('worker/main.ts', [...WORKER_FLAGS, ...nodeArgs], env);
    },
    stopWorker,
    databaseUrl: env.DATABASE_URL!,
  };
}

async function describeProduct(
  url: string,
  env: NodeJS.ProcessEnv,
  roots: () => number[],
  stop: () => Promise<void>,
): Promise<Product> {
  const processes = () => readProcesses(roots()).filter((p) => p.pid !== process.pid);
  try {
    return {
      url,
      api: await createAccount(url, 'bench', env),
      createAccount: (name) => createAccount(url, name, env),
      processes,
      process(role) {
        const found = processes().find((p) => p.role === role);
        if (!found) throw new Error(`There is no ${role} process.`);
        return found;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves when the process says that it is ready. */
function launch(script: string, nodeArgs: string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const args = ['--enable-source-maps', '--disable-warning=ExperimentalWarning', ...nodeArgs];
  const child = spawn(process.execPath, [...args, path.join(root, script)], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready.`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
