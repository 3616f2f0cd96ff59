import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.ts';
import { hasEndpoint } from '../rest/endpoints.ts';
import { answerCall, isBodiless } from '../rest/handler.ts';
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
  // read here and not from a stream, whose end in the middle would end the connection before the caller hears why
  const body = isBodiless(method) ? Buffer.alloc(0) : await readBody(request, env().LINKFLOW_MAX_BODY_BYTES);
  const header = (name: string) => request.headers[name]?.toString() ?? null;
  const answer = await answerCall({ method, url, header, body });
  if (answer.body === null) {
    response.writeHead(answer.status, answer.headers).end();
    return;
  }
  const length = Buffer.byteLength(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length }).end(answer.body);
}
