import { NodeError } from '#engine/errors.ts';
import type { MailCriterion, MailQuery } from '#engine/mail.ts';
import { afterOf, criteriaOf, mailboxName } from '../email-read/items.ts';
import type { InputOf } from '../fields.ts';
import { inputSchema } from '../input-schema.ts';
import { emailTrigger } from './definition.ts';

const { fields } = emailTrigger.operations.default;
const schema = inputSchema(fields);

export type EmailTriggerInput = InputOf<typeof fields>;

/** The fields of the trigger, with their defaults. Throws NodeError(config) that names the wrong one. */
export function emailTriggerInput(parameters: unknown): EmailTriggerInput {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new NodeError('config', `“${issue.path.join('.')}” ${issue.message}`, {
    field: issue.path.join('.'),
  });
}

/** What the trigger looks for, and what it does with it. Throws NodeError(config). */
export function watchOf(input: EmailTriggerInput): {
  mailbox: string;
  criteria: MailCriterion[];
  raw: boolean;
  after: NonNullable<MailQuery['after']>;
} {
  const { which, search, filter, format } = input;
  return {
    mailbox: mailboxName(input.mailbox, 'mailbox'),
    criteria: criteriaOf(which, which === 'search' ? jsonOf(search) : undefined, filter),
    raw: format === 'raw',
    after: afterOf(input),
  };
}

function jsonOf(search: unknown): unknown {
  if (typeof search !== 'string') return search;
  try {
    return JSON.parse(search);
  } catch {
    throw new NodeError('config', 'The search is not valid JSON.', { field: 'search' });
  }
}
