import { z } from 'zod';

/** A mail as the operator sees it; its text is there only until it is sent. */
export const outgoingMailSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string().nullable(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
  error: z.string().nullable(),
});
export const outboxSchema = z.object({
  /** Whether there is a mail server to send by. */
  sends: z.boolean(),
  mails: z.array(outgoingMailSchema),
});
