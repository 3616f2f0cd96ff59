import { isId } from '#lib/id.ts';
import { AppError } from '../errors.ts';

/** Where a list ordered by time and id, newest first, goes on. Opaque to callers. */
export interface Cursor {
  at: Date;
  id: string;
}

export const encodeCursor = ({ at, id }: Cursor): string =>
  Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');

/** Throws BAD_REQUEST for text that is not one of our cursors. */
export function decodeCursor(text: string): Cursor {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString().split('|');
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !isId(id))
    throw new AppError('BAD_REQUEST', 'This cursor is not valid. Start the list anew.');
  return { at, id };
}
