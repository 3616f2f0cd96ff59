import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { hasEndpoint } from '../rest/endpoints.ts';
import { handleRest } from '../rest/handler.ts';

const PREFIX = '/api/v1';

/** Is this an endpoint that a procedure answers? Those with raw bodies and streams are Next's. */
export const isProcedure = (path: string): boolean =>
  path.startsWith(`${PREFIX}/`) && hasEndpoint(path.slice(PREFIX.length).replace(/\/$/, ''));

/** Answers a call to the API without Next between, which would cost more than the rest of it. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET';
  const bodiless = method === 'GET' || method === 'HEAD';
  const answer = await handleRest(
    new Request(url, {
      method,
      headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
      ...(bodiless ? {} : { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' }),
    } as RequestInit),
  );
  const body = answer.body === null ? null : Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    ...(body === null ? {} : { 'content-length': body.length }),
  });
  response.end(body ?? undefined);
}
