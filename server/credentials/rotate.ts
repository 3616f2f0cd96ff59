import { TOTP_PURPOSE } from '../auth/second-factor.ts';
import { seal, unseal } from '../auth/secret-box.ts';
import { db } from '../db.ts';
import { createDataKey, rewrapDataKeys } from './data-keys.ts';
import { ENTRY_COLUMNS, openRow, sealContent } from './vault.ts';

const BATCH = 100;

export interface Rotation {
  /** Data keys that are now under the current master key. */
  dataKeysRewrapped: number;
  /** Secrets of authenticator apps that were sealed anew. */
  secondFactorsResealed: number;
  /** Credentials that have a new data key. */
  credentialsResealed: number;
}

/**
 * Brings everything under the current master key; with `dataKeys`, every workspace gets a fresh data key too, and its
 * credentials are sealed with it. May be stopped and run again; executions go on meanwhile.
 */
export async function rotateKeys({ dataKeys }: { dataKeys: boolean }): Promise<Rotation> {
  const dataKeysRewrapped = await rewrapDataKeys();
  const secondFactorsResealed = await resealSecondFactors();
  const credentialsResealed = dataKeys ? await resealCredentials() : 0;
  return { dataKeysRewrapped, secondFactorsResealed, credentialsResealed };
}

async function resealSecondFactors(): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (let changed = 0; ; ) {
    const users = await db().user.findMany({
      where: { totpSecret: { not: null }, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true, totpSecret: true },
    });
    if (users.length === 0) return changed;
    for (const { id, totpSecret } of users) {
      const sealed = seal(TOTP_PURPOSE, id, unseal(TOTP_PURPOSE, id, totpSecret!));
      // one that was changed meanwhile is new anyway
      const { count } = await db().user.updateMany({
        where: { id, totpSecret },
        data: { totpSecret: sealed },
      });
      changed += count;
    }
    after = users.at(-1)!.id;
  }
}

async function resealCredentials(): Promise<number> {
  const since = new Date();
  const workspaces = await db().credential.findMany({
    distinct: ['workspaceId'],
    select: { workspaceId: true },
  });
  let changed = 0;
  for (const { workspaceId } of workspaces) {
    await createDataKey(db(), workspaceId);
    for (;;) {
      const ids = await db().credential.findMany({
        where: { workspaceId, dataKey: { createdAt: { lt: since } } },
        take: BATCH,
        select: { id: true },
      });
      if (ids.length === 0) break;
      for (const { id } of ids) changed += await resealOne(workspaceId, id);
    }
    await db().dataKey.deleteMany({
      where: { workspaceId, createdAt: { lt: since }, credentials: { none: {} } },
    });
  }
  return changed;
}

/** Under a lock, for somebody may be changing it. */
const resealOne = (workspaceId: string, id: string): Promise<number> =>
  db().$transaction(async (tx) => {
    await tx.$queryRaw`select 1 from credential where id = ${id}::uuid for update`;
    const row = await tx.credential.findFirst({ where: { id, workspaceId }, select: ENTRY_COLUMNS });
    if (!row) return 0;
    const { data, tokens } = openRow(row);
    const content = { data, ...(tokens ? { tokens } : {}) };
    await tx.credential.update({ where: { id }, data: await sealContent(tx, { workspaceId, id }, content) });
    return 1;
  });
