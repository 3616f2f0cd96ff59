import { createTransport, type Transporter } from 'nodemailer';
import { newId } from '#lib/id.ts';
import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { addJob } from '../queue/add-job.ts';
import type { ComposedMail } from './compose.ts';

/** What was not sent by then is of no use to anybody any more. */
const KEPT_MS = 7 * 86_400_000;

/** Puts a mail into the outbox, as part of what it is about: it goes when, and only when, the transaction commits. */
export async function queueMail(tx: Transaction, mail: ComposedMail): Promise<void> {
  const id = newId();
  await tx.outgoingMail.create({ data: { id, ...mail, expiresAt: new Date(Date.now() + KEPT_MS) } });
  await addJob(tx, 'send-mail', { mailId: id });
}

/**
 * Sends a mail of the outbox; one that is sent already is not sent again. Without SMTP_URL it stays there, for the outbox
 * page, and its text is in the log. Rejects with what the mail server said, for another try.
 */
export async function deliverMail(id: string, smtpUrl = env().SMTP_URL): Promise<void> {
  const mail = await db().outgoingMail.findUnique({ where: { id } });
  if (!mail || mail.sentAt || mail.text === null) return;
  const { to, subject, text, html } = mail;
  if (!smtpUrl) {
    log.info({ to, subject, text }, 'mail stays in the outbox, for there is no SMTP_URL');
    return;
  }
  const host = new URL(env().APP_URL).hostname;
  try {
    await transportTo(smtpUrl).sendMail({
      from: env().LINKFLOW_MAIL_FROM ?? `LinkFlow <no-reply@${host}>`,
      to,
      subject,
      text,
      ...(html === null ? {} : { html }),
      messageId: `<${id}@${host}>`, // the same when it is tried again, so that a repeated one can be told
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  } catch (error) {
    const { message } = error as Error;
    await db().outgoingMail.update({ where: { id }, data: { error: message.slice(0, 500) } });
    throw error;
  }
  await db().outgoingMail.update({
    where: { id },
    data: { sentAt: new Date(), text: null, html: null, error: null },
  });
}

let transport: { url: string; transporter: Transporter } | undefined;
function transportTo(url: string): Transporter {
  if (transport?.url !== url)
    transport = {
      url,
      transporter: createTransport({
        url,
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 30_000,
      }),
    };
  return transport.transporter;
}
