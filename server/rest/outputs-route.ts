import { Readable } from 'node:stream';
import { isId } from '#lib/id.ts';
import type { Session } from '../auth/sign-in.ts';
import { AppError, notFound } from '../errors.ts';
import { getExecutionRow } from '../executions/queries.ts';
import { authorize, type WorkspaceScope } from '../scope.ts';
import { getStorage } from '../storage/open.ts';
import { readAsJson } from '../storage/output-store.ts';
import { StorageError } from '../storage/storage.ts';
import { createContext } from '../trpc/context.ts';
import { problemResponse, restContext } from './handler.ts';

/** GET /api/v1/executions/{id}/outputs/{name}: all items of a large output, as one JSON list. */
export const handleOutput = (request: Request, id: string, name: string): Promise<Response> =>
  download(() => restContext(request).scope(), id, name);

/** The same for the link on a page, for whoever is signed in. */
export const handleOutputLink = (
  { workspaceId, executionId, name }: { workspaceId: string; executionId: string; name: string },
  loadSession: () => Promise<Session | null>,
): Promise<Response> =>
  download(() => createContext({ transport: 'trpc', workspaceId, loadSession }).scope(), executionId, name);

/** Outputs of an execution have its id in their key, so whoever may see the execution may see them, and no others. */
async function download(
  findScope: () => Promise<WorkspaceScope>,
  id: string,
  name: string,
): Promise<Response> {
  try {
    const scope = await findScope();
    authorize(scope, 'executions:read');
    if (!isId(id)) throw notFound('execution');
    await getExecutionRow(scope, id);
    const items = await readAsJson(getStorage(), `executions/${id}/${name}`);
    return new Response(Readable.toWeb(Readable.from(items)) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${name}.json"`,
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (thrown) {
    return problemResponse(asAppError(thrown));
  }
}

function asAppError(thrown: unknown): unknown {
  if (!(thrown instanceof StorageError)) return thrown;
  if (thrown.reason === 'missing') return notFound('output');
  return new AppError('SERVICE_UNAVAILABLE', 'The storage cannot be reached. Try again.', { retryAfter: 5 });
}
