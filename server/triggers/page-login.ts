import type { IncomingMessage, ServerResponse } from 'node:http';
import { countPublic } from '../http/counting.ts';
import { type ChatEndpoint, type FormEndpoint, findChat, findForm } from './endpoints.ts';
import { proveCaller } from './prove-caller.ts';
import { makePass, PASS_HEADER } from './visit-pass.ts';
import { Challenge } from './webhook-auth.ts';

/**
 * Lets somebody come to the page of a form or chat, or send what they wrote there. Where a user and a password are asked
 * for, a browser asks for them when this throws; a look at the page is counted then too, for it is a try.
 */
export async function assertMayVisit(
  page: 'form' | 'chat',
  request: IncomingMessage,
  response: ServerResponse,
  endpointId: string,
): Promise<void> {
  const endpoint: FormEndpoint | ChatEndpoint | null =
    page === 'form' ? await findForm(endpointId) : await findChat(endpointId);
  const login = endpoint?.login;
  if (!endpoint || !login) return; // what is not there is for those to say who come after us
  const check = async () => {
    await proveCaller(endpoint.workspaceId, login, request, Buffer.alloc(0));
  };
  try {
    if (request.method === 'POST') await check();
    else await countPublic('public', request, response, endpointId, check);
    request.headers[PASS_HEADER] = makePass(endpointId, endpoint);
  } catch (error) {
    if (error instanceof Challenge) response.setHeader('www-authenticate', error.challenge);
    throw error;
  }
}
