import { toNodeErrorData } from '#engine/errors.ts';
import type { HttpDoor } from '#engine/node.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { notFound } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { recordAccess } from './access-log.ts';
import { renewTokens } from './oauth.ts';
import { ENTRY_COLUMNS, forget, openRow, sealContent, type Tokens, type VaultEntry } from './vault.ts';

/** A token that ends within this time is not used any more. */
const MARGIN_MS = 60_000;
/** Each holds a connection to the database while the provider is asked. */
const AT_ONCE = 4;
const LOCK_MS = 25_000;

const isFresh = (tokens: Tokens | undefined): tokens is Tokens =>
  tokens !== undefined && (tokens.expiresAt === null || tokens.expiresAt - MARGIN_MS > Date.now());

/** Renewals under way in this process, by credential. */
const underWay = new Map<string, Promise<Tokens>>();
let running = 0;
const queue: (() => void)[] = [];

/**
 * Tokens that are good for another minute: those of the entry, or new ones. `refused`: the access token that a server did
 * not take. Throws NodeError: auth when somebody has to connect again, upstream when the provider does not answer.
 */
export function freshTokens(http: HttpDoor, entry: VaultEntry, refused?: string): Promise<Tokens> {
  if (isFresh(entry.tokens) && entry.tokens.accessToken !== refused) return Promise.resolve(entry.tokens);
  let renewal = underWay.get(entry.id);
  if (!renewal) {
    renewal = renewOnce(http, entry.workspaceId, entry.id, refused).finally(() => underWay.delete(entry.id));
    underWay.set(entry.id, renewal);
  }
  return renewal;
}

async function renewOnce(
  http: HttpDoor,
  workspaceId: string,
  id: string,
  refused: string | undefined,
): Promise<Tokens> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
  running++;
  try {
    return await renew(http, workspaceId, id, refused);
  } catch (thrown) {
    if (toNodeErrorData(thrown).kind === 'auth')
      await markBroken(workspaceId, id, toNodeErrorData(thrown).message);
    throw thrown;
  } finally {
    running--;
    queue.shift()?.();
  }
}

/** Under a lock on the row, for many providers take a refresh token only once: whoever comes second finds the new tokens. */
const renew = (
  http: HttpDoor,
  workspaceId: string,
  id: string,
  refused: string | undefined,
): Promise<Tokens> =>
  db().$transaction(
    async (tx) => {
      await tx.$queryRaw`select 1 from credential where id = ${id}::uuid for update`;
      const row = await tx.credential.findFirst({ where: { id, workspaceId }, select: ENTRY_COLUMNS });
      if (!row) throw notFound('credential');
      const { data, tokens } = openRow(row);
      if (isFresh(tokens) && tokens.accessToken !== refused) return tokens;
      const renewed = await renewTokens(http, data, tokens);
      await tx.credential.update({
        where: { id },
        data: await tokenColumns(tx, { workspaceId, id }, data, renewed),
      });
      recordAccess({ workspaceId, credentialId: id, kind: 'refreshed' });
      return renewed;
    },
    { timeout: LOCK_MS, maxWait: LOCK_MS },
  );

/** The columns of a credential that has just got these tokens. */
export async function tokenColumns(
  tx: Parameters<typeof sealContent>[0],
  place: { workspaceId: string; id: string },
  data: Record<string, unknown>,
  tokens: Tokens,
) {
  return {
    ...(await sealContent(tx, place, { data, tokens })),
    tokenExpiresAt: tokens.expiresAt === null ? null : new Date(tokens.expiresAt),
    problem: null,
  };
}

/** Says once, on the page and by mail to whoever made it, that somebody has to connect it again. */
async function markBroken(workspaceId: string, id: string, problem: string): Promise<void> {
  forget(id);
  await db().$transaction(async (tx) => {
    const { count } = await tx.credential.updateMany({
      where: { id, workspaceId, problem: null },
      data: { problem: problem.slice(0, 500) },
    });
    if (count === 0) return; // it is known
    const { name, createdById } = await tx.credential.findUniqueOrThrow({ where: { id } });
    const user = createdById && (await tx.user.findUnique({ where: { id: createdById } }));
    if (!user) return;
    await queueMail(
      tx,
      composeMail({
        to: user.email,
        subject: `The credential “${name}” does not work any more`,
        paragraphs: [
          `Hello ${user.name},`,
          `LinkFlow could not renew the access of the credential “${name}”: ${problem}`,
          'Workflows that use it fail until somebody connects it again.',
        ],
        action: { label: 'Connect it again', url: `${env().APP_URL}/w/${workspaceId}/credentials/${id}` },
      }),
    );
  });
}

/** Renews the tokens that end soon, so that no execution has to wait and a broken connection is known before it is needed. */
export async function renewEndingTokens(http: HttpDoor): Promise<void> {
  const rows = await db().credential.findMany({
    where: { problem: null, tokenExpiresAt: { lt: new Date(Date.now() + 10 * 60_000) } },
    orderBy: { tokenExpiresAt: 'asc' },
    take: 200,
    select: ENTRY_COLUMNS,
  });
  for (const row of rows) {
    const entry = openRow(row);
    // without a refresh token there is nothing to do before the token has ended and somebody needs it
    const renewable = entry.tokens?.refreshToken !== undefined;
    if (renewable) await freshTokens(http, entry, entry.tokens?.accessToken).catch(() => undefined); // the row says why
  }
}
