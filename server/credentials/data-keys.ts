import { randomBytes } from 'node:crypto';
import { newId } from '#lib/id.ts';
import { db, type Transaction } from '../db.ts';
import { decrypt, encrypt } from '../secrets/cipher.ts';
import { deriveKey, type MasterKey, masterKeys } from '../secrets/master-keys.ts';

const PURPOSE = 'data-key';
const MAX_OPEN = 1_000;

interface KeyRow {
  id: string;
  workspaceId: string;
  wrapped: string;
  masterKeyId: string;
}
export const KEY_COLUMNS = { id: true, workspaceId: true, wrapped: true, masterKeyId: true } as const;

/** Data keys in clear, by id; they never change. Bounded, the oldest leave first. */
const open = new Map<string, Buffer>();

const about = ({ id, workspaceId }: Pick<KeyRow, 'id' | 'workspaceId'>): string => `${workspaceId}/${id}`;

/** The key in clear. Throws an Error that names the missing master key. */
export function unwrap(row: KeyRow): Buffer {
  const known = open.get(row.id);
  if (known) return known;
  const master = masterKeys().find(({ id }) => id === row.masterKeyId);
  if (!master)
    throw new Error(
      `Credentials were sealed with the master key ${row.masterKeyId}…, which is not configured. Put it into LINKFLOW_PREVIOUS_MASTER_KEYS.`,
    );
  const key = Buffer.from(decrypt(deriveKey(master, PURPOSE), about(row), row.wrapped), 'base64');
  if (open.size >= MAX_OPEN) open.delete(open.keys().next().value!);
  open.set(row.id, key);
  return key;
}

/** The same key under another master key. */
export const wrapAnew = (row: KeyRow, master: MasterKey): Pick<KeyRow, 'wrapped' | 'masterKeyId'> => ({
  wrapped: encrypt(deriveKey(master, PURPOSE), about(row), unwrap(row).toString('base64')),
  masterKeyId: master.id,
});

/** A fresh key for a workspace: from now on it seals. */
export async function createDataKey(tx: Pick<Transaction, 'dataKey'>, workspaceId: string): Promise<KeyRow> {
  const id = newId();
  const [master] = masterKeys();
  const wrapped = encrypt(
    deriveKey(master, PURPOSE),
    about({ id, workspaceId }),
    randomBytes(32).toString('base64'),
  );
  const row = { id, workspaceId, wrapped, masterKeyId: master.id };
  await tx.dataKey.create({ data: row });
  return row;
}

/** The key that seals in this workspace; made when there is none. Two at once may make two, which does no harm. */
export async function sealingKey(tx: Pick<Transaction, 'dataKey'>, workspaceId: string): Promise<KeyRow> {
  const newest = await tx.dataKey.findFirst({
    where: { workspaceId },
    orderBy: { createdAt: 'desc' },
    select: KEY_COLUMNS,
  });
  return newest ?? createDataKey(tx, workspaceId);
}

/** Wraps every data key with the current master key. Gives how many were wrapped with another one. */
export async function rewrapDataKeys(): Promise<number> {
  const [master] = masterKeys();
  let changed = 0;
  for (;;) {
    const rows = await db().dataKey.findMany({
      where: { masterKeyId: { not: master.id } },
      take: 200,
      select: KEY_COLUMNS,
    });
    if (rows.length === 0) return changed;
    for (const row of rows) await db().dataKey.update({ where: { id: row.id }, data: wrapAnew(row, master) });
    changed += rows.length;
  }
}
