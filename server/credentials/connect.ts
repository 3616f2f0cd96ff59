import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { NodeError, toNodeErrorData } from '#engine/errors.ts';
import { newId } from '#lib/id.ts';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import { audit } from '../audit/store.ts';
import { scopeForUser } from '../auth/scopes.ts';
import { seal, unseal } from '../auth/secret-box.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { checkUrl, parseNetworks } from '../outbound/guard.ts';
import type { WorkspaceScope } from '../scope.ts';
import { recordAccess } from './access-log.ts';
import { authorizationUrl, exchangeCode, newVerifier } from './oauth.ts';
import { exchangeVerifier, requestToken } from './oauth1.ts';
import { guardedDoor } from './outbound.ts';
import { assertMayManage } from './policy.ts';
import { getVisible } from './queries.ts';
import { tokenColumns } from './tokens.ts';
import { ENTRY_COLUMNS, forget, openEntry, openRow, type Tokens, type VaultEntry } from './vault.ts';

const PURPOSE = 'oauth-connect';
const LIFE_MS = 15 * 60_000;

const hashOf = (state: string): string => createHash('sha256').update(state).digest('hex');
export const redirectUri = (): string => `${env().APP_URL}/oauth/callback`;

/**
 * Begins a connection: the address of the provider's consent page, and the state with which the answer comes back. Throws
 * BAD_REQUEST for credentials that need none.
 */
export async function beginConnect(
  scope: WorkspaceScope,
  id: string,
): Promise<{ url: string; state: string; redirectUri: string }> {
  const { userId, workspaceId } = scope;
  if (!userId || scope.apiScopes) throw new AppError('FORBIDDEN', 'Only a person can consent.');
  assertMayManage(scope, await getVisible(scope, id));
  const { type, data } = await openEntry(workspaceId, id);
  if (!findCredentialType(type)?.connects?.(data))
    throw new AppError('BAD_REQUEST', 'This credential works without anybody’s consent.');
  const state = randomBytes(32).toString('base64url');
  const connectId = newId();
  const { url, kept } = await asBadRequest(async () => {
    const consent = await (type === 'oauth1' ? beginOAuth1(data, state) : beginOAuth2(data, state));
    checkUrl(consent.url, parseNetworks(env().LINKFLOW_ALLOW_PRIVATE_NETWORKS));
    return consent;
  });
  await db().oAuthConnect.create({
    data: {
      id: connectId,
      stateHash: hashOf(state),
      workspaceId,
      credentialId: id,
      userId,
      verifier: seal(PURPOSE, connectId, kept),
      expiresAt: new Date(Date.now() + LIFE_MS),
    },
  });
  return { url, state, redirectUri: redirectUri() };
}

async function asBadRequest<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof NodeError)) throw thrown;
    throw new AppError('BAD_REQUEST', thrown.message);
  }
}

/** Where somebody consents, and the secret that is needed when they come back. */
interface Consent {
  url: string;
  kept: string;
}
type Data = Record<string, unknown>;

async function beginOAuth2(data: Data, state: string): Promise<Consent> {
  const verifier = newVerifier();
  return { url: authorizationUrl(data, { state, verifier, redirectUri: redirectUri() }), kept: verifier };
}

/** OAuth 1 knows no state of its own: it stands in the address that the service sends them back to. */
async function beginOAuth1(data: Data, state: string): Promise<Consent> {
  const { url, ...given } = await requestToken(guardedDoor(), data, `${redirectUri()}?state=${state}`);
  return { url, kept: JSON.stringify(given) };
}

const requestTokenSchema = z.object({ token: z.string(), tokenSecret: z.string() });

function finishOAuth1(
  data: Data,
  kept: string,
  { code, token }: { code: string; token?: string },
): Promise<Tokens> {
  const asked = requestTokenSchema.parse(JSON.parse(kept));
  if (token !== undefined && token !== asked.token)
    throw new NodeError('auth', 'The provider answered for another connection. Begin again.');
  return exchangeVerifier(guardedDoor(), data, { ...asked, verifier: code });
}

const tokensFor = async (
  { type, data }: VaultEntry,
  kept: string,
  answer: { code: string; token?: string },
): Promise<Tokens> =>
  type === 'oauth1'
    ? finishOAuth1(data, kept, answer)
    : exchangeCode(guardedDoor(), data, { code: answer.code, verifier: kept, redirectUri: redirectUri() });

/**
 * What the provider sent somebody back with. It counts only for the person who began, once, and while they may still manage
 * the credential. Throws NOT_FOUND for a state that is none of theirs, BAD_REQUEST with what the provider said.
 */
export async function finishConnect(
  userId: string,
  answer: { state: string; code?: string; token?: string; error?: string; errorDescription?: string },
): Promise<{ workspaceId: string; credentialId: string; name: string }> {
  const stateHash = hashOf(answer.state);
  const begun = await db().oAuthConnect.findUnique({ where: { stateHash } });
  if (!begun || begun.userId !== userId) throw notFound('connection');
  const { count } = await db().oAuthConnect.deleteMany({ where: { stateHash } }); // of two at once one goes on
  if (count === 0 || begun.expiresAt < new Date())
    throw new AppError('BAD_REQUEST', 'This took too long. Begin again.');
  const { workspaceId, credentialId: id } = begun;
  const scope = await scopeForUser(userId, workspaceId);
  assertMayManage(scope, await getVisible(scope, id));
  const { code, token } = answer;
  if (!code) {
    const why = answer.errorDescription || answer.error || 'no code';
    throw new AppError('BAD_REQUEST', `The provider did not give access: ${why.slice(0, 300)}`);
  }
  const entry = await openEntry(workspaceId, id);
  const kept = unseal(PURPOSE, begun.id, begun.verifier);
  const given = { code, ...(token === undefined ? {} : { token }) };
  const tokens = await tokensFor(entry, kept, given).catch((thrown: unknown) => {
    const { message, detail } = toNodeErrorData(thrown);
    throw new AppError('BAD_REQUEST', detail ? `${message} ${detail}` : message);
  });
  await db().$transaction(async (tx) => {
    const row = await tx.credential.findFirst({ where: { id, workspaceId }, select: ENTRY_COLUMNS });
    if (!row) throw notFound('credential');
    const { data } = openRow(row);
    await tx.credential.update({
      where: { id },
      data: { ...(await tokenColumns(tx, { workspaceId, id }, data, tokens)), connectedAt: new Date() },
    });
    await audit(tx, scope, { action: 'credential.connect', subjectId: id });
  });
  forget(id);
  recordAccess({ workspaceId, credentialId: id, kind: 'connected', userId });
  return { workspaceId, credentialId: id, name: entry.name };
}
