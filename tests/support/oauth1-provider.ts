import type { ServerResponse } from 'node:http';
import { type OAuth1Accounts, startOAuth1Server } from './oauth1-server.ts';

export const VERIFIER = 'she-said-yes';

/**
 * A service by RFC 5849 with one application, `shop`: it gives request tokens, takes each of them once, and checks every
 * signature. Its page for people, `/authorize`, sends them back with or without leave.
 */
export async function startOAuth1Provider() {
  const accounts: OAuth1Accounts = { consumers: { shop: { secret: 'consumer&secret' } }, tokens: {} };
  const callbacks = new Map<string, string>();
  const state = { refuses: false };
  let given = 0;
  const server = await startOAuth1Server(accounts, ({ problem, path, given: sent }, response) => {
    const url = new URL(path, 'http://provider');
    if (url.pathname === '/authorize')
      return askPerson(url.searchParams.get('oauth_token') ?? '', callbacks, response);
    if (problem || state.refuses)
      return say(response, 401, { oauth_problem: problem ?? 'permission_denied' });
    if (path === '/api') return say(response, 200, { ok: 'yes' });
    const isAccess = path === '/access';
    if (isAccess && sent.oauth_verifier !== VERIFIER)
      return say(response, 401, { oauth_problem: 'verifier' });
    const token = `${isAccess ? 'access' : 'request'}-${++given}`;
    if (isAccess) delete accounts.tokens[sent.oauth_token!];
    else callbacks.set(token, sent.oauth_callback!);
    accounts.tokens[token] = `secret-of-${token}`;
    return say(response, 200, {
      oauth_token: token,
      oauth_token_secret: accounts.tokens[token]!,
      ...(isAccess ? {} : { oauth_callback_confirmed: 'true' }),
    });
  });
  return { ...server, accounts, state };
}

const say = (response: ServerResponse, status: number, fields: Record<string, string>): void =>
  void response
    .writeHead(status, { 'content-type': 'application/x-www-form-urlencoded' })
    .end(new URLSearchParams(fields).toString());

function askPerson(token: string, callbacks: Map<string, string>, response: ServerResponse): void {
  const callback = callbacks.get(token);
  if (callback === undefined) return void response.writeHead(404).end('No such token.');
  const back = (more: Record<string, string>) => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    return url.href.replaceAll('&', '&amp;');
  };
  response
    .writeHead(200, { 'content-type': 'text/html' })
    .end(
      `<a href="${back({ oauth_token: token, oauth_verifier: VERIFIER })}">Allow</a> <a href="${back({ denied: token })}">Deny</a>`,
    );
}
