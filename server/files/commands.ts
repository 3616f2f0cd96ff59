import { NodeError } from '#engine/errors.ts';
import type { WorkspaceFile } from '#engine/node.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getStorage } from '../storage/open.ts';
import { openWorkspaceFiles } from './workspace-files.ts';

/** Replaces what is there. Throws BAD_REQUEST for a path that is none, PAYLOAD_TOO_LARGE for a file or files that take too much. */
export async function saveFile(
  scope: WorkspaceScope,
  path: string,
  content: AsyncIterable<Uint8Array>,
  { mimeType, signal }: { mimeType?: string; signal?: AbortSignal } = {},
): Promise<WorkspaceFile> {
  const files = openWorkspaceFiles(scope.workspaceId, scope.workspaceId); // reads nothing, so it is of no execution
  const options = { ...(mimeType ? { mimeType } : {}), ...(signal ? { signal } : {}) };
  const file = await files.write(path, content, options).catch((thrown: unknown) => {
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.data.kind === 'limit') throw new AppError('PAYLOAD_TOO_LARGE', thrown.message);
    if (thrown.data.kind === 'config') throw new AppError('BAD_REQUEST', thrown.message);
    throw new AppError('SERVICE_UNAVAILABLE', thrown.message, { retryAfter: 5 });
  });
  const { sizeBytes } = file;
  await db().$transaction((tx) =>
    audit(tx, scope, { action: 'file.write', after: { path: file.path, sizeBytes } }),
  );
  return file;
}

/** Throws NOT_FOUND. */
export async function deleteFile(scope: WorkspaceScope, path: string): Promise<void> {
  const { workspaceId } = scope;
  const key = await db().$transaction(async (tx) => {
    const file = await tx.workspaceFile.findUnique({ where: { workspaceId_path: { workspaceId, path } } });
    if (!file) throw notFound('file');
    await tx.workspaceFile.delete({ where: { workspaceId_path: { workspaceId, path } } });
    await audit(tx, scope, { action: 'file.delete', before: { path, sizeBytes: file.sizeBytes } });
    return file.key;
  });
  await getStorage().delete(key);
}
