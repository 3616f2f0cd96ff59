import type { IncomingMessage } from 'node:http';
import { isId } from '#lib/id.ts';
import { openCredential } from '../credentials/vault.ts';
import { AppError } from '../errors.ts';
import { type Authentication, authenticate, headerReader, locked, type Proof } from './webhook-auth.ts';

/**
 * Checks a caller with the credential that was chosen for it; `body` is what a signature is made over. Throws UNAUTHORIZED,
 * also when there is no such credential: an open question is answered with no.
 */
export async function proveCaller(
  workspaceId: string,
  authentication: Authentication,
  request: IncomingMessage,
  body: Buffer,
): Promise<Proof> {
  const { credentialId } = authentication;
  if (credentialId === null || !isId(credentialId)) throw locked();
  const credential = await openCredential(workspaceId, credentialId).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? locked() : error;
  });
  return authenticate(authentication, credential, {
    header: headerReader(request),
    body,
    nowMs: Date.now(),
  });
}
