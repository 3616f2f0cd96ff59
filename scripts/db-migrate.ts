import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { startEmbedded } from './embedded.ts';

/** `npm run db:migrate -- --name what_changed`: writes a migration from the schema and applies it (development). */
const postgres = process.env.DATABASE_URL ? null : await startEmbedded();
const script = path.join(import.meta.dirname, 'prisma.mjs');
const { status } = spawnSync(process.execPath, [script, 'migrate', 'dev', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (postgres?.started) await postgres.stop();
process.exit(status ?? 1);
