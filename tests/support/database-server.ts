import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../scripts/embedded.ts';
import { migrate } from '../../scripts/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a migrated database that every test file copies. */
    templateUrl: string;
    masterKey: string;
  }
}

/** One PostgreSQL for the whole run, in a folder of its own that is gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), 'linkflow-test-'));
  chmodSync(dir, 0o755); // as root, PostgreSQL runs as another user, who must get to its own folder in here
  process.env.LINKFLOW_DATA_DIR = dir;
  delete process.env.DATABASE_URL;
  const postgres = await startEmbedded();
  await migrate();
  project.provide('templateUrl', process.env.DATABASE_URL!);
  project.provide('masterKey', process.env.LINKFLOW_MASTER_KEY!);
  return async () => {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
