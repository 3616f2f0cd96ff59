import { getPool } from '../db.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { ListFiles, WorkspaceFileSummary } from './schema.ts';

/** What of a row is shown, under the names of WorkspaceFileSummary. */
const SHOWN = 'path, mime_type as "mimeType", size_bytes as "sizeBytes", updated_at as "updatedAt"';

/** A page of the files whose path holds `search`, by path. `cursor` is the path of the last one. */
export async function listFiles({ workspaceId }: WorkspaceScope, { search, cursor, limit }: ListFiles) {
  const { rows } = await getPool().query<WorkspaceFileSummary>(
    `select ${SHOWN} from workspace_file
      where workspace_id = $1 and path collate "C" > $2 and position(lower($3) in lower(path)) > 0
      order by path collate "C" limit $4`,
    [workspaceId, cursor ?? '', search ?? '', limit + 1],
  );
  const data = rows.slice(0, limit);
  return { data, nextCursor: rows.length > limit ? data.at(-1)!.path : null };
}

/** How much room the files take, and may take, in bytes. */
export async function getFileUsage({ workspaceId }: WorkspaceScope) {
  const { rows } = await getPool().query<{ files: number; usedBytes: number }>(
    `select count(*)::int as files, coalesce(sum(size_bytes), 0)::float8 as "usedBytes" from workspace_file where workspace_id = $1`,
    [workspaceId],
  );
  return { ...rows[0]!, maxBytes: env().LINKFLOW_MAX_WORKSPACE_FILE_BYTES };
}

/** Where the content is. Throws NOT_FOUND. */
export async function findFile({ workspaceId }: WorkspaceScope, path: string) {
  const { rows } = await getPool().query<WorkspaceFileSummary & { key: string }>(
    `select ${SHOWN}, key from workspace_file where workspace_id = $1 and path = $2`,
    [workspaceId, path],
  );
  if (!rows[0]) throw notFound('file');
  return rows[0];
}
