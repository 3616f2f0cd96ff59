import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.ts';
import { hasEndpoint } from '../rest/endpoints.ts';
import { handleRest } from '../rest/handler.ts';
import { readBody } from './body.ts';

const PREFIX = '/api/v1';

/** Is this an endpoint that a procedure answers? Those with raw bodies and streams are Next's. */
export const isProcedure = (method: string, path: string): boolean =>
  path.startsWith(`${PREFIX}/`) && hasEndpoint(method, path.slice(PREFIX.length).replace(/\/$/, ''));

/** Answers a call to the API without Next between, which would cost more than the rest of it. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET';
  const bodiless = method === 'GET' || method === 'HEAD' || method === 'DELETE';
  // read here and not from a stream, whose end in the middle would end the connection before the caller hears why
  const body = bodiless ? null : await readBody(request, env().LINKFLOW_MAX_BODY_BYTES);
  const answer = await handleRest(
    new Request(url, {
      method,
      headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      ),
      ...(body ? { body: new Uint8Array(body) } : {}),
    } as RequestInit),
  );
  const said = answer.body === null ? null : Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    ...(said === null ? {} : { 'content-length': said.length }),
  });
  response.end(said ?? undefined);
}
