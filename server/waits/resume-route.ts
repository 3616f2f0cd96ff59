import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { parseBody, readBody } from '../http/body.ts';
import { callDataOf, isLinkPreview } from '../http/call-data.ts';
import { sendJson } from '../http/respond.ts';
import { receiveResumeCall } from './commands.ts';
import { readResumeToken } from './links.ts';

/** A call to `$execution.resumeUrl`, from bytes to answer. What is thrown becomes a problem document. */
export async function receiveResume(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  url: URL,
): Promise<void> {
  const method = request.method ?? 'GET';
  readResumeToken(token); // before anything of the body is read
  if (method === 'HEAD' || method === 'OPTIONS') {
    response.setHeader('allow', 'GET, POST, PUT, PATCH, DELETE');
    throw new AppError('METHOD_NOT_SUPPORTED', `This address does not take ${method}.`);
  }
  if (method === 'GET' && isLinkPreview(request)) {
    response.writeHead(204).end(); // a chat that shows what is behind a link must not resume anything
    return;
  }
  const raw = await readBody(request, env().LINKFLOW_MAX_BODY_BYTES);
  const body = parseBody(raw, request.headers['content-type'] ?? '');
  await receiveResumeCall(token, { ...callDataOf(request, url, body), method });
  sendJson(response, 200, { status: 'resumed' });
}
