import { existsSync } from 'node:fs';
import { build } from './build.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { keepPostgres, Supervisor } from './supervisor.ts';
import { WORKER_FLAGS } from './worker-flags.ts';

/** `npm start`: database, migrations, build if needed, then the web and the worker process; prints the address last. */
if (existsSync('.env')) process.loadEnvFile('.env');
const development = process.argv.includes('--dev');
Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production' });
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.PORT ||= '3000';
process.env.APP_URL ||= `http://localhost:${process.env.PORT}`;

const supervisor = new Supervisor();
let stopPostgres: () => Promise<void> = () => Promise.resolve();
let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await supervisor.stop();
  await stopPostgres();
  process.exit(code);
}
process.on('SIGINT', () => void stop(0));
process.on('SIGTERM', () => void stop(0));

try {
  if (!process.env.DATABASE_URL)
    stopPostgres = keepPostgres(await startEmbedded(), (port) => startEmbedded({ port }));
  else if (!process.env.LINKFLOW_MASTER_KEY)
    throw new Error(
      'With a DATABASE_URL of your own, set LINKFLOW_MASTER_KEY too: 64 hexadecimal digits (openssl rand -hex 32).',
    );
  const { parseEnv } = await import('#server/env.ts');
  const { PORT } = parseEnv(process.env);
  await migrate();
  build({ webApp: !development });
  if (!stopping) {
    const watch = development ? ['--watch', '--watch-preserve-output'] : [];
    await Promise.all([
      supervisor.start({ name: 'web', script: 'server/main.ts', args: development ? ['--dev'] : [] }),
      supervisor.start({ name: 'worker', script: 'worker/main.ts', nodeArgs: [...WORKER_FLAGS, ...watch] }),
    ]);
    console.log(`LinkFlow ready on http://localhost:${PORT}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
}
