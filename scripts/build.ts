import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prisma } from './migrate.ts';

const root = path.resolve(import.meta.dirname, '..');
const SOURCES = [
  'app',
  'components',
  'engine',
  'instrumentation-client.ts',
  'lib',
  'nodes',
  'prisma/schema',
  'public',
  'server',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
];

/** Makes the Prisma client and the Next build, when they are missing or older than the sources. */
export function build({
  webApp = true,
  log = console.log,
}: {
  webApp?: boolean;
  log?: (line: string) => void;
} = {}): void {
  once('prisma/generated', 'prisma client', hashOf(['prisma/schema', 'package-lock.json']), log, () =>
    prisma(['generate']),
  );
  if (!webApp) return;
  once('.next', 'web app', hashOf(SOURCES), log, () => {
    const next = path.join(root, 'node_modules/next/dist/bin/next');
    const result = spawnSync(process.execPath, [next, 'build'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    if (result.status !== 0) throw new Error(`next build failed:\n${result.stdout}${result.stderr}`);
  });
}

function once(
  folder: string,
  name: string,
  hash: string,
  log: (line: string) => void,
  make: () => void,
): void {
  const stamp = path.join(root, folder, '.linkflow-sources');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  log(`Building the ${name} …`);
  const began = performance.now();
  make();
  writeFileSync(stamp, hash);
  log(`Built the ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function hashOf(entries: readonly string[]): string {
  const hash = createHash('sha256');
  for (const entry of entries)
    for (const file of filesIn(path.join(root, entry)))
      hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(entry: string): string[] {
  if (!existsSync(entry)) return [];
  if (!statSync(entry).isDirectory()) return [entry];
  return readdirSync(entry, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((child) => filesIn(path.join(entry, child.name)))
    .filter((file) => !file.endsWith('.test.ts'));
}
