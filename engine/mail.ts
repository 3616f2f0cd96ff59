/** A mail server and who logs in there. */
export interface MailAccount {
  host: string;
  port: number;
  /** tls: from the first byte · starttls: asked for, and nothing is said without it · none: everybody on the way can read along. */
  security: 'tls' | 'starttls' | 'none';
  /** Empty or absent: without logging in. */
  user?: string;
  password?: string;
  /** Takes certificates that nobody vouches for. */
  allowUnauthorized?: boolean;
}

export interface MailAddress {
  /** May be empty. */
  name: string;
  address: string;
}

export interface OutgoingFile {
  name: string;
  mimeType: string;
  sizeBytes: number;
  /** What HTML calls it by: `<img src="cid:…">`. */
  contentId?: string;
  /** Asked once, when it is this file's turn. */
  open(): AsyncIterable<Uint8Array>;
}

export interface OutgoingMail {
  from: MailAddress;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  replyTo: MailAddress[];
  subject: string;
  text?: string;
  html?: string;
  files: OutgoingFile[];
  /** With its angle brackets. The same for a message that is sent again. */
  messageId: string;
  /** ms since epoch */
  date: number;
  signal?: AbortSignal;
}

/** What the server said. A message counts as sent when it took one recipient at least. */
export interface SentMail {
  accepted: string[];
  rejected: string[];
  messageId: string;
  response: string;
  envelope: { from: string; to: string[] };
  sizeBytes: number;
}

export type MailFlag = 'seen' | 'answered' | 'flagged' | 'deleted' | 'draft';

/** One condition on messages. Dates are days: ISO text or whatever Date takes. */
export type MailCriterion =
  | { all: true }
  | { flag: MailFlag; is: boolean }
  | { recent: 'new' | 'old' | 'recent' }
  | { field: 'from' | 'to' | 'cc' | 'bcc' | 'subject' | 'body' | 'text'; has: string }
  | { header: string; has: string }
  | { date: 'since' | 'before' | 'on' | 'sentSince' | 'sentBefore' | 'sentOn'; day: string }
  | { size: 'larger' | 'smaller'; bytes: number }
  | { uids: string }
  | { not: MailCriterion }
  | { or: [MailCriterion, MailCriterion] };

export interface MailQuery {
  mailbox: string;
  /** All of them have to hold. */
  criteria: MailCriterion[];
  limit: number;
  order: 'newest' | 'oldest';
  /** The message as it stands in the mailbox, instead of its parts. */
  raw?: boolean;
  /** What happens to the messages once all of them were taken. */
  after?: { seen?: boolean; moveTo?: string };
  signal?: AbortSignal;
}

export interface MailHeader {
  /** In lower case. */
  name: string;
  /** In one line and decoded. */
  value: string;
  /** Name and value in one line, as they came. */
  line: string;
}

export interface ReceivedFile {
  name?: string;
  mimeType: string;
  /** To be read before the next message is asked for, or never. */
  open(): AsyncIterable<Uint8Array>;
}

export interface ReceivedMail {
  uid: number;
  flags: string[];
  headers: MailHeader[];
  text?: string;
  html?: string;
  files: ReceivedFile[];
  raw?: string;
  /** Text and raw are cut off where they were too long. */
  shortened?: true;
}

/**
 * Mail servers. Throws NodeError: auth (login refused), config (an address, the mailbox or the host is refused), upstream
 * (retryable when the server said “later” or the connection broke), timeout, limit.
 */
export interface MailDoor {
  send(mail: OutgoingMail, account: MailAccount): Promise<SentMail>;
  /** One connection for all messages; it is closed when the loop over them ends, however it ends. */
  read(query: MailQuery, account: MailAccount): AsyncIterable<ReceivedMail>;
}
