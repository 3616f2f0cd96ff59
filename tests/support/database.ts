import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { newId } from '#lib/id.ts';
import { closeDatabase } from '#server/db.ts';

/** Gives this test file a database of its own, a copy of the migrated template. */
export function ownDatabase(): void {
  const name = `test_${newId().replaceAll('-', '')}`;
  const template = inject('templateUrl');
  const admin = (sql: string) => withClient(withDatabase(template, 'postgres'), sql);

  beforeAll(async () => {
    await admin(`create database ${name} template ${new URL(template).pathname.slice(1)}`);
    process.env.DATABASE_URL = withDatabase(template, name);
    process.env.LINKFLOW_MASTER_KEY = inject('masterKey');
    process.env.LINKFLOW_ALLOW_PRIVATE_NETWORKS = '127.0.0.0/8,::1/128';
    process.env.LINKFLOW_LOG_LEVEL = 'silent';
  });
  afterAll(async () => {
    await closeDatabase();
    await admin(`drop database ${name} with (force)`);
  });
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
};

async function withClient(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
