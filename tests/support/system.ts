import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/postgres.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface System {
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** The product as `npm start` runs it, on a port and in a data folder of its own. Resolves at its ready line. */
export async function startSystem(
  options: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<System> {
  const port = await freePort();
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'linkflow-e2e-'));
  chmodSync(dataDir, 0o755);
  const env: Record<string, string | undefined> = {
    ...process.env,
    PORT: String(port),
    LINKFLOW_DATA_DIR: dataDir,
    LINKFLOW_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
    LINKFLOW_LOG_LEVEL: 'warn',
    ...options.env,
  };
  for (const name of ['DATABASE_URL', 'LINKFLOW_MASTER_KEY', 'APP_URL', 'NODE_ENV', 'VITEST', 'TEST'])
    delete env[name];
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.ts')], {
    cwd: root,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer) => {
      output += data.toString();
      const ready = /LinkFlow ready on (\S+)/.exec(output)?.[1];
      if (ready) resolve(ready);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`The system ended with ${code} before it was ready:\n${output}`)),
    );
  });
  return {
    url,
    dataDir,
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await gone;
      }
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
