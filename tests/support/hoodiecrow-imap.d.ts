declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  interface Message {
    raw: string;
    uid: number;
    flags: string[];
  }
  interface ImapServer {
    server: Server;
    getMailbox(path: string): { messages: Message[]; uidvalidity: number; uidnext: number } | undefined;
    appendMessage(mailbox: string, flags: string[], internaldate: string | Date, raw: string): unknown;
    setCommandHandler(
      command: string,
      handler: (
        connection: { send(response: object, name: string, parsed: object, data?: unknown): void },
        parsed: { tag: string },
        data: unknown,
        done: () => void,
      ) => void,
    ): void;
  }
  export default function hoodiecrow(options: object): ImapServer;
}
