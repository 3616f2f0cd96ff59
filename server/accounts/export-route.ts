import { Readable } from 'node:stream';
import type { Session } from '../auth/sign-in.ts';
import { AppError } from '../errors.ts';
import { assertAllowed, spend } from '../limits/spend.ts';
import { problemResponse } from '../rest/answer.ts';
import { exportAccount } from './export.ts';

/** The download of everything about the person who is signed in. */
export async function handleAccountExport(session: Session | null): Promise<Response> {
  try {
    if (!session) throw new AppError('UNAUTHORIZED', 'Log in first.');
    const standing = await spend('auth', { user: session.userId });
    if (standing) assertAllowed(standing);
    const body = Readable.toWeb(Readable.from(exportAccount(session), { objectMode: false }));
    return new Response(body as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="linkflow-account.json"',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (error) {
    return problemResponse(error);
  }
}
