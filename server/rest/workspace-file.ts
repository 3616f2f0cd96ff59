import path from 'node:path';
import { Readable } from 'node:stream';
import type { Session } from '../auth/sign-in.ts';
import { AppError, notFound } from '../errors.ts';
import { saveFile } from '../files/commands.ts';
import { findFile } from '../files/queries.ts';
import { authorize, type WorkspaceScope } from '../scope.ts';
import { getStorage } from '../storage/open.ts';
import { StorageError } from '../storage/storage.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { answerCounted } from './counted.ts';
import { restContext } from './handler.ts';

/** GET and PUT /api/v1/files/content?path=…: the bytes of a file of the workspace. */
export const handleWorkspaceFile = (request: Request): Promise<Response> =>
  answer(request, restContext(request));

/**
 * The same for the page, for whoever is signed in. A PUT with a cookie comes from our own pages only: browsers ask before
 * they send one to another origin, and we do not answer.
 */
export const handleWorkspaceFileLink = (
  request: Request,
  workspaceId: string,
  loadSession: () => Promise<Session | null>,
): Promise<Response> => answer(request, createContext({ transport: 'trpc', workspaceId, loadSession }));

function answer(request: Request, context: Context): Promise<Response> {
  const wanted = new URL(request.url).searchParams.get('path') ?? '';
  return request.method === 'PUT'
    ? answerCounted(context, 'uploads', (scope) => put(scope, wanted, request), asAppError)
    : answerCounted(context, 'reads', (scope) => get(scope, wanted), asAppError);
}

async function get(scope: WorkspaceScope, wanted: string): Promise<Response> {
  authorize(scope, 'files:read');
  const { key, path: found, sizeBytes } = await findFile(scope, wanted);
  const body = await getStorage().get(key);
  return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(sizeBytes),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(path.basename(found))}`,
      'content-security-policy': 'sandbox', // what users store must not act in the origin of the app
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

async function put(scope: WorkspaceScope, wanted: string, request: Request): Promise<Response> {
  authorize(scope, 'files:write');
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim();
  const content = (request.body ?? []) as AsyncIterable<Uint8Array>;
  const file = await saveFile(scope, wanted, content, {
    ...(type ? { mimeType: type } : {}),
    signal: request.signal,
  });
  return Response.json({ ...file, modifiedAt: new Date(file.modifiedAt) });
}

function asAppError(thrown: unknown): unknown {
  if (!(thrown instanceof StorageError)) return thrown;
  if (thrown.reason === 'missing') return notFound('file');
  return new AppError('SERVICE_UNAVAILABLE', 'The storage cannot be reached. Try again.', { retryAfter: 5 });
}
