import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../env.ts';
import type { Standing } from '../limits/book.ts';
import type { LimitClass } from '../limits/policy.ts';
import { assertAllowed, limitHeaders, spend } from '../limits/spend.ts';
import { ADDRESS_HEADER, addressGroup, callerAddress } from './caller-address.ts';

/**
 * Counts a call that needs no account by address and endpoint, then lets `work` answer it. Only a refusal says how the
 * limits stand: who calls a webhook would pay for headers that nobody reads.
 */
export async function countPublic(
  name: LimitClass,
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const standing = spend(name, { address: addressGroup(callerAddress(request)), endpoint });
  // almost always known at once; a call must not wait for a turn of its own then
  letIn(standing instanceof Promise ? await standing : standing, request, response);
  await work();
}

const SIGN_IN = /^\/api\/auth\/(?:callback|signin)(?:\/|$)/;

/** What Next answers goes through here first. /api is counted by address here; what is known only later (key, user) where it becomes known. */
export async function admit(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  const address = callerAddress(request);
  // what the caller wrote there is not believed
  request.headers[ADDRESS_HEADER] = address;
  if (!path.startsWith('/api/')) return;
  const who = { address: addressGroup(address) };
  letIn(await spend('calls', who), request, response);
  if (request.method !== 'POST' || !SIGN_IN.test(path)) return;
  // the sign-in form of next-auth takes its message from an address in the answer
  const url = `${env().APP_URL}/login?error=TooManyRequests`;
  letIn(await spend('auth', who), request, response, { url });
}

function letIn(
  standing: Standing | null,
  request: IncomingMessage,
  response: ServerResponse,
  extra: Record<string, unknown> = {},
): void {
  if (!standing || standing.allowed) return;
  for (const [name, value] of Object.entries(limitHeaders(standing))) response.setHeader(name, value);
  request.resume(); // a body that nobody reads would hold the connection
  assertAllowed(standing, extra);
}
