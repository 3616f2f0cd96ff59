import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';

export interface ImapTest {
  port: number;
  /** Flags of the messages of a mailbox, by their place in it. */
  flags(mailbox: string): string[][];
  count(mailbox: string): number;
  /** A message comes in. */
  deliver(mailbox: string, message: ImapMessage): void;
  /** Gives all messages of a mailbox other numbers. */
  renumber(mailbox: string): void;
  /** Connections that are open at the moment. */
  open(): number;
  /** Breaks all connections. */
  drop(): void;
  close(): Promise<void>;
}

export interface ImapMessage {
  raw: string;
  flags?: string[];
  /** As IMAP writes it: ` 3-Feb-2026 10:00:00 +0000`. */
  internaldate?: string | Date;
}

/** A mailbox server on this machine: takes the user `shop` with the password `right`; has INBOX with these messages, and Done. */
export async function startImapServer(
  messages: readonly ImapMessage[],
  { security = 'none', greets = true }: { security?: 'tls' | 'starttls' | 'none'; greets?: boolean } = {},
): Promise<ImapTest> {
  const imap = hoodiecrow({
    secureConnection: security === 'tls',
    plugins: [
      'ID',
      'UIDPLUS',
      'MOVE',
      'LITERALPLUS',
      'UNSELECT',
      ...(security === 'starttls' ? ['STARTTLS'] : []),
    ],
    users: { shop: { password: 'right' } },
    storage: {
      INBOX: { messages: messages.map((one) => ({ flags: [], ...one })) },
      '': { separator: '/', folders: { Done: {} } },
    },
  });
  const sockets = new Set<Socket>();
  if (!greets) imap.server.removeAllListeners('connection').on('connection', () => undefined);
  imap.server.on('connection', (socket) => {
    sockets.add(socket.setNoDelay()); // it answers in small pieces, each of which would wait 40 ms
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  imap.server.listen(0, '127.0.0.1');
  await once(imap.server, 'listening');
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const messagesOf = (mailbox: string) => imap.getMailbox(mailbox)?.messages ?? [];
  return {
    port: (imap.server.address() as AddressInfo).port,
    flags: (mailbox) => messagesOf(mailbox).map((one) => one.flags),
    count: (mailbox) => messagesOf(mailbox).length,
    deliver: (mailbox, { raw, flags = [], internaldate }) =>
      imap.appendMessage(mailbox, [...flags], internaldate ?? new Date(), raw),
    renumber(mailbox) {
      const box = imap.getMailbox(mailbox)!;
      box.uidvalidity++;
      box.messages.forEach((message, i) => {
        message.uid = i + 1;
      });
      box.uidnext = box.messages.length + 1;
    },
    open: () => [...sockets].filter((socket) => !socket.destroyed).length,
    drop,
    close: () => {
      drop();
      return new Promise((resolve) => imap.server.close(() => resolve()));
    },
  };
}
