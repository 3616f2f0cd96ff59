import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One recorded case; what further keys it has depends on its kind. */
export interface Row {
  id: string;
  [key: string]: unknown;
}

/** The rows of one kind, or undefined when the folder has no such file. */
export function readRows(folder: string, kind: string): Row[] | undefined {
  const file = path.join(folder, `${kind}.jsonl.gz`);
  if (!existsSync(file)) return undefined;
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Files that cases read, base64 by name. */
export function readFixtures(folder: string): Record<string, string> {
  const file = path.join(folder, 'fixtures.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
