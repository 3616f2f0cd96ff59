import { RE2JS } from 're2js';
import { NodeError } from '#engine/errors.ts';
import type { WorkspaceFile, WorkspaceFiles } from '#engine/node.ts';
import { newId } from '#lib/id.ts';
import { getPool } from '../db.ts';
import { env } from '../env.ts';
import { patiently } from '../outage.ts';
import { aboutFile, counted, filesOf } from '../storage/file-door.ts';
import { getStorage } from '../storage/open.ts';
import { StorageError } from '../storage/storage.ts';
import { workspacePathSchema } from './schema.ts';

const MAX_LISTED = 1_000;
/** A glob is matched against at most so many paths. */
const MAX_MATCHED = 50_000;

interface Row {
  path: string;
  key: string;
  mime_type: string;
  size_bytes: number;
  updated_at: Date;
}

/** The files of a workspace as one execution sees them: what it reads becomes a file of its own, which lives as long as it. */
export function openWorkspaceFiles(workspaceId: string, executionId: string): WorkspaceFiles {
  const find = async (path: string): Promise<Row | undefined> => {
    const { rows } = await patiently(() =>
      getPool().query<Row>('select * from workspace_file where workspace_id = $1 and path = $2', [
        workspaceId,
        path,
      ]),
    );
    return rows[0];
  };
  const read: WorkspaceFiles['read'] = async (given) => {
    const path = toPath(given);
    for (let attempt = 1; ; attempt++) {
      const row = await find(path);
      if (!row) throw new NodeError('config', `There is no file “${path}” in this workspace.`);
      const id = `${filesOf(workspaceId, executionId)}${newId()}`;
      try {
        await getStorage().copy(row.key, id);
      } catch (error) {
        // somebody wrote it anew between the two, and what was there is gone
        if (attempt < 3 && error instanceof StorageError && error.reason === 'missing') continue;
        throw new NodeError('upstream', `“${path}” could not be read: ${(error as Error).message}`);
      }
      return { id, ...aboutFile(path.split('/').at(-1), row.mime_type), sizeBytes: row.size_bytes };
    }
  };
  return {
    async list(pattern) {
      const glob = toPath(pattern, 'pattern');
      const { rows } = await patiently(() =>
        getPool().query<Row>(
          `select * from workspace_file where workspace_id = $1 and path collate "C" >= $2 and starts_with(path, $2)
         order by path limit ${MAX_MATCHED}`,
          [workspaceId, glob.split(/[*?]/, 1)[0]],
        ),
      );
      const matches = globMatcher(glob);
      return rows
        .filter((row) => matches(row.path))
        .slice(0, MAX_LISTED)
        .map(toFile);
    },
    read,
    async write(given, content, { mimeType, append = false, signal } = {}) {
      const path = toPath(given);
      const before = append ? await find(path) : undefined;
      const key = `files/${workspaceId}/kept/${newId()}`;
      const written = { bytes: 0 };
      const maxBytes = env().LINKFLOW_MAX_FILE_BYTES;
      await getStorage().put(
        key,
        counted(before ? joined(before.key, content) : content, written, maxBytes),
        signal,
      );
      const values = [
        workspaceId,
        path,
        key,
        aboutFile(path, mimeType ?? before?.mime_type).mimeType,
        written.bytes,
        env().LINKFLOW_MAX_WORKSPACE_FILE_BYTES,
      ];
      const { rows } = await patiently(() =>
        getPool().query<Row & { replaced: string | null }>(SAVE, values),
      );
      const saved = rows[0];
      if (!saved) {
        await getStorage().delete(key);
        throw new NodeError(
          'limit',
          'The files of this workspace take all the room they may. Delete some first.',
          {
            retryable: false,
          },
        );
      }
      if (saved.replaced && saved.replaced !== key) await getStorage().delete(saved.replaced);
      return toFile(saved);
    },
  };
}

/** `old` is joined so that it is read before the row is changed: afterwards it would find nothing, and the content would stay. */
const SAVE = `
with old as materialized (select key from workspace_file where workspace_id = $1 and path = $2 for update),
total as (select coalesce(sum(size_bytes), 0) as bytes from workspace_file where workspace_id = $1 and path <> $2)
insert into workspace_file (workspace_id, path, key, mime_type, size_bytes)
select $1::uuid, $2, $3, $4, $5::int from total left join old on true where bytes + $5::int <= $6::bigint
on conflict (workspace_id, path) do update set key = excluded.key, mime_type = excluded.mime_type,
  size_bytes = excluded.size_bytes, updated_at = now()
returning *, (select key from old) as replaced`;

async function* joined(
  key: string,
  more: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* await getStorage().get(key);
  if (more instanceof Uint8Array) yield more;
  else yield* more;
}

const toFile = (row: Row): WorkspaceFile => ({
  path: row.path,
  mimeType: row.mime_type,
  sizeBytes: row.size_bytes,
  modifiedAt: row.updated_at.getTime(),
});

/** Paths of other systems begin with a slash; here there is but one root. */
function toPath(given: string, what: 'path' | 'pattern' = 'path'): string {
  const parsed = workspacePathSchema.safeParse(given.trim().replace(/^(\.?\/)+/, ''));
  if (parsed.success) return parsed.data;
  throw new NodeError(
    'config',
    `“${given.slice(0, 200)}” is no ${what}: ${parsed.error.issues[0]?.message}.`,
  );
}

/** `*` and `?` stay inside a folder, `**` does not; linear in the length of the path. */
function globMatcher(glob: string): (path: string) => boolean {
  if (!/[*?]/.test(glob)) return (path) => path === glob;
  const source = glob.replace(/\*\*\/|\*\*|[*?]|[^*?]+/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : RE2JS.quote(part);
  });
  const pattern = RE2JS.compile(source, RE2JS.DOTALL);
  return (path) => pattern.matches(path);
}
