import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { TRPCError } from '@trpc/server';
import type { Session } from '../auth/sign-in.ts';
import { exportExecutions } from '../executions/export.ts';
import { type ExportFilter, exportFilterSchema } from '../executions/schema.ts';
import { fromPairs } from '../http/body.ts';
import { whileAllowed } from '../live/while-allowed.ts';
import { authorize } from '../scope.ts';
import { type Context, createContext } from '../trpc/context.ts';
import { answerCounted } from './counted.ts';
import { restContext } from './handler.ts';

/** GET /api/v1/executions/export?from&to&workflowId: executions with their data, a line each. */
export const handleExport = (request: Request): Promise<Response> => answer(request, restContext(request));

/** The same for the link on a page, for whoever is signed in. */
export const handleExportLink = (
  request: Request,
  workspaceId: string,
  loadSession: () => Promise<Session | null>,
): Promise<Response> => answer(request, createContext({ transport: 'trpc', workspaceId, loadSession }));

const answer = (request: Request, context: Context): Promise<Response> =>
  answerCounted(context, 'reads', async (scope) => {
    authorize(scope, 'executions:read');
    const filter = filterOf(request);
    const signal = whileAllowed(request.signal, context.recheck);
    const lines = Readable.from(inPieces(exportExecutions(scope, filter, signal)), {
      objectMode: true,
      highWaterMark: 1, // what the caller does not read is not read from the database either
    });
    const zipped = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
    const body = zipped ? pipeline(lines, createGzip(), () => undefined) : lines; // its reader is told of errors
    return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/x-ndjson',
        'content-disposition': 'attachment; filename="executions.ndjson"',
        'cache-control': 'private, no-store, no-transform',
        vary: 'accept-encoding',
        'x-content-type-options': 'nosniff',
        ...(zipped ? { 'content-encoding': 'gzip' } : {}),
      },
    });
  });

/** Throws BAD_REQUEST for what is no filter. */
function filterOf(request: Request): ExportFilter {
  const said = exportFilterSchema.safeParse(fromPairs(new URL(request.url).searchParams));
  if (!said.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: said.error });
  return said.data;
}

const PIECE_BYTES = 64 * 1024;

/** A chunk for every short line would cost more than the line. */
async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let piece: string[] = [];
  let size = 0;
  for await (const line of lines) {
    piece.push(line);
    size += line.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.from(piece.join(''));
    piece = [];
    size = 0;
  }
  if (size > 0) yield Buffer.from(piece.join(''));
}
