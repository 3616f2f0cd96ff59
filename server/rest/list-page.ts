import { z } from 'zod';
import { AppError } from '../errors.ts';

/** What a list inside one object takes: `cursor` is where the last page ended. */
export const pageParts = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(400).optional(),
};

/** A page of a list that is in memory anyway. Throws BAD_REQUEST when the element that the last page ended with is gone. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): { data: T[]; nextCursor: string | null } {
  const wanted = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  const last = wanted === undefined ? -1 : all.findIndex((one) => keyOf(one) === wanted);
  if (wanted !== undefined && last < 0)
    throw new AppError('BAD_REQUEST', 'cursor: this list has changed. Start it anew.');
  const data = all.slice(last + 1, last + 1 + limit);
  const end = data.at(-1);
  const more = last + 1 + limit < all.length;
  return {
    data,
    nextCursor: more && end !== undefined ? Buffer.from(keyOf(end)).toString('base64url') : null,
  };
}
