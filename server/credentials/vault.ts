import { z } from 'zod';
import { db, type Transaction } from '../db.ts';
import { notFound } from '../errors.ts';
import { decrypt, encrypt } from '../secrets/cipher.ts';
import { KEY_COLUMNS, sealingKey, unwrap } from './data-keys.ts';

/** What OAuth gave; times in ms since the epoch. */
const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** OAuth 1: signs together with the access token. */
  tokenSecret: z.string().optional(),
  /** null: the provider does not say when the access token ends. */
  expiresAt: z.number().nullable(),
  scope: z.string().optional(),
});
export type Tokens = z.output<typeof tokensSchema>;

/** What is sealed: the fields of its kind, and the tokens of an OAuth connection. */
const contentSchema = z.object({ data: z.record(z.string(), z.unknown()), tokens: tokensSchema.optional() });
export type CredentialContent = z.output<typeof contentSchema>;

export interface VaultEntry extends CredentialContent {
  id: string;
  workspaceId: string;
  type: string;
  name: string;
  allowedHosts: string[];
  createdById: string | null;
}

/** How long an opened credential is remembered: as long may it take until a change or a deletion is felt everywhere. */
const FRESH_MS = 3_000;
const MAX_OPEN = 1_000;
const open = new Map<string, { entry: VaultEntry; until: number }>();

const about = (workspaceId: string, id: string): string => `${workspaceId}/${id}`;

/** What goes into the row. In the transaction that writes it. */
export async function sealContent(
  tx: Pick<Transaction, 'dataKey'>,
  place: { workspaceId: string; id: string },
  content: CredentialContent,
): Promise<{ dataKeyId: string; sealed: string }> {
  open.delete(place.id);
  const key = await sealingKey(tx, place.workspaceId);
  return {
    dataKeyId: key.id,
    sealed: encrypt(unwrap(key), about(place.workspaceId, place.id), JSON.stringify(content)),
  };
}

export const ENTRY_COLUMNS = {
  id: true,
  workspaceId: true,
  type: true,
  name: true,
  allowedHosts: true,
  createdById: true,
  sealed: true,
  dataKey: { select: KEY_COLUMNS },
} as const;

type Row = Omit<VaultEntry, 'data' | 'tokens'> & { sealed: string; dataKey: Parameters<typeof unwrap>[0] };

/** A row in clear. */
export function openRow({ sealed, dataKey, ...row }: Row): VaultEntry {
  const text = decrypt(unwrap(dataKey), about(row.workspaceId, row.id), sealed);
  return { ...row, ...contentSchema.parse(JSON.parse(text)) };
}

/** A credential of this workspace in clear, as it is now or was a moment ago. Throws NOT_FOUND, also for those of others. */
export async function openEntry(workspaceId: string, id: string): Promise<VaultEntry> {
  const known = open.get(id);
  if (known && known.until > Date.now() && known.entry.workspaceId === workspaceId) return known.entry;
  const row = await db().credential.findFirst({ where: { id, workspaceId }, select: ENTRY_COLUMNS });
  if (!row) throw notFound('credential');
  const entry = openRow(row);
  if (open.size >= MAX_OPEN) open.delete(open.keys().next().value!);
  open.set(id, { entry, until: Date.now() + FRESH_MS });
  return entry;
}

/** Not from memory the next time. */
export const forget = (id: string): void => void open.delete(id);

/** Kind and fields, for what checks a secret rather than sends it. Throws NOT_FOUND. */
export async function openCredential(
  workspaceId: string,
  credentialId: string,
): Promise<{ type: string; data: Record<string, unknown> }> {
  const { type, data } = await openEntry(workspaceId, credentialId);
  return { type, data };
}
