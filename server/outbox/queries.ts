import type { z } from 'zod';
import { db } from '../db.ts';
import { env } from '../env.ts';
import type { outboxSchema } from './schema.ts';

const MAX_SHOWN = 100;

/** The newest mails of the whole system, for its operator. */
export async function getOutbox(): Promise<z.output<typeof outboxSchema>> {
  const mails = await db().outgoingMail.findMany({
    orderBy: { createdAt: 'desc' },
    take: MAX_SHOWN,
    select: { id: true, to: true, subject: true, text: true, createdAt: true, sentAt: true, error: true },
  });
  return { sends: env().SMTP_URL !== undefined, mails };
}
