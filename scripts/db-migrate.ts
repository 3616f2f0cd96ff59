import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbedded } from './embedded.ts';
import { prisma } from './migrate.ts';

/**
 * `npm run db:migrate -- --name what_changed`: writes a migration from the schema and applies it. The difference is taken
 * from a database that has all migrations so far, so no second (“shadow”) database is needed.
 */
const { name } = parseArgs({ options: { name: { type: 'string', default: 'change' } } }).values;
const postgres = process.env.DATABASE_URL ? null : await startEmbedded();
try {
  prisma(['migrate', 'deploy']);
  const sql = prisma([
    'migrate',
    'diff',
    '--from-config-datasource',
    '--to-schema',
    'prisma/schema',
    '--script',
  ]);
  if (sql.includes('empty migration')) console.log('The database already has this schema.');
  else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const folder = path.join(import.meta.dirname, '../prisma/migrations', `${stamp}_${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'migration.sql'), sql);
    console.log(sql);
    prisma(['migrate', 'deploy']);
  }
  prisma(['generate']);
} finally {
  if (postgres?.started) await postgres.stop();
}
