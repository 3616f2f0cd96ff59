import { toNodeErrorData } from '#engine/errors.ts';
import { findCredentialType, httpCredentialTypes } from '#nodes/credential-types/registry.ts';
import { accountOf } from '#nodes/mail-account.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { recordAccess } from './access-log.ts';
import { createCredentialDoor } from './door.ts';
import { guardedDoor, logInToMail } from './outbound.ts';
import { mayUse } from './policy.ts';
import { getVisible } from './queries.ts';

const TIMEOUT_MS = 15_000;

/**
 * Uses a credential once, where that changes nothing: a GET to an address, a log-in at a mail server, a fresh token. What
 * comes of it is an answer, not an error. Throws NOT_FOUND, BAD_REQUEST when an address is missing.
 */
export async function tryCredential(
  scope: WorkspaceScope,
  { id, url }: { id: string; url?: string },
): Promise<{ ok: boolean; message: string }> {
  const row = await getVisible(scope, id);
  if (!mayUse(scope, row)) throw notFound('credential');
  const kind = findCredentialType(row.type);
  recordAccess({
    workspaceId: scope.workspaceId,
    credentialId: id,
    kind: 'tested',
    ...(scope.userId ? { userId: scope.userId } : {}),
    ...(url ? { host: new URL(url).host } : {}),
  });
  const door = createCredentialDoor({ workspaceId: scope.workspaceId, unrecorded: true }, guardedDoor());
  const use = { id, nodeId: 'test', types: [] };
  try {
    if (kind?.test === 'server') return await tryMail(row.type, (await door.open(use)).data);
    if (kind?.test === 'token' && !url) {
      await door.open(use);
      return { ok: true, message: 'There is a valid access token.' };
    }
    if (!httpCredentialTypes.includes(row.type)) {
      await door.open(use);
      return { ok: true, message: 'It can be opened. Whether it is right shows where it is used.' };
    }
    if (!url) throw new AppError('BAD_REQUEST', 'url: Say which address to call with it.');
    const response = await door
      .signing(guardedDoor(), use)
      .request({ method: 'GET', url, timeoutMs: TIMEOUT_MS, maxBytes: 64 * 1024 });
    const { status, statusText } = response;
    return {
      ok: status < 400,
      message: `${new URL(url).host} answered ${status} ${statusText}.`.replace(' .', '.'),
    };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const { message, detail } = toNodeErrorData(thrown);
    return { ok: false, message: detail ? `${message} ${detail}` : message };
  }
}

async function tryMail(
  type: string,
  data: Readonly<Record<string, unknown>>,
): Promise<{ ok: boolean; message: string }> {
  const protocol = type === 'imap' ? 'imap' : 'smtp';
  const account = accountOf(data, protocol, {});
  await logInToMail(protocol, account);
  return { ok: true, message: `${account.host} took the login.` };
}
