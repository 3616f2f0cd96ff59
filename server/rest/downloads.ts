import path from 'node:path';
import { Readable } from 'node:stream';
import { lookup } from 'mime-types';
import { isId } from '#lib/id.ts';
import type { Session } from '../auth/sign-in.ts';
import { AppError, notFound } from '../errors.ts';
import { getExecutionSummary } from '../executions/queries.ts';
import { authorize, type WorkspaceScope } from '../scope.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage } from '../storage/open.ts';
import { readAsJson } from '../storage/output-store.ts';
import { StorageError } from '../storage/storage.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { answerCounted } from './counted.ts';
import { restContext } from './handler.ts';

/** What an execution keeps outside the database, by the name that ends its key. */
interface Kept {
  kind: 'output' | 'file';
  executionId: string;
  name: string;
  /** What a file shall be called, as the item says. */
  fileName?: string;
}
interface LinkParams {
  workspaceId: string;
  executionId: string;
  name: string;
}

/** GET /api/v1/executions/{id}/outputs/{name} (all items of a large output, as one JSON list) and …/files/{name}?as=… */
export const handleDownload = (request: Request, kept: Omit<Kept, 'fileName'>): Promise<Response> =>
  download(restContext(request), { ...kept, ...nameIn(request) });

/** The same for the link on a page, for whoever is signed in. */
export const handleDownloadLink = (
  request: Request,
  kind: Kept['kind'],
  { workspaceId, executionId, name }: LinkParams,
  loadSession: () => Promise<Session | null>,
): Promise<Response> =>
  download(createContext({ transport: 'trpc', workspaceId, loadSession }), {
    kind,
    executionId,
    name,
    ...nameIn(request),
  });

const nameIn = (request: Request) => {
  const fileName = new URL(request.url).searchParams.get('as');
  return fileName ? { fileName } : {};
};

/** What belongs to an execution has its id in the key, so whoever may see the execution may have it, and nothing else. */
function download(context: Context, kept: Kept): Promise<Response> {
  const work = async (scope: WorkspaceScope) => {
    authorize(scope, 'executions:read');
    if (!isId(kept.executionId)) throw notFound('execution');
    await getExecutionSummary(scope, kept.executionId);
    const { body, type, name } = await contentOf(scope, kept);
    return new Response(Readable.toWeb(Readable.from(body)) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': type,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        'content-security-policy': 'sandbox', // what users store must not act in the origin of the app
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  };
  return answerCounted(context, 'reads', work, (thrown) => asAppError(thrown, kept.kind));
}

async function contentOf(
  { workspaceId }: WorkspaceScope,
  { kind, executionId, name, fileName = name }: Kept,
) {
  if (kind === 'output') {
    const body = await readAsJson(getStorage(), `executions/${executionId}/${name}`);
    return { body, type: 'application/json; charset=utf-8', name: `${name}.json` };
  }
  const body = await getStorage().get(`${filesOf(workspaceId, executionId)}${name}`);
  return { body, type: safeType(fileName), name: path.basename(fileName).slice(0, 200) };
}

/** Pictures may be shown by a page; everything else is just bytes. */
function safeType(name: string): string {
  const type = lookup(name) || '';
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(type) ? type : 'application/octet-stream';
}

function asAppError(thrown: unknown, kind: Kept['kind']): unknown {
  if (!(thrown instanceof StorageError)) return thrown;
  if (thrown.reason === 'missing') return notFound(kind);
  return new AppError('SERVICE_UNAVAILABLE', 'The storage cannot be reached. Try again.', { retryAfter: 5 });
}
