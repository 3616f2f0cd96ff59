import { useCallback, useEffect, useState } from 'react';
import { sendMessage } from './send-message.ts';

export interface Message {
  id: string;
  from: 'me' | 'them';
  text: string;
  /** Names of the files that went with it. */
  files?: string[];
  /** Why it did not get through, or got no answer; it can be sent again. */
  failure?: string;
}

interface Kept {
  sessionId: string;
  messages: Message[];
}

/** Older ones are not kept over a reload. */
const MAX_KEPT = 200;
const keyOf = (endpointId: string) => `linkflow:chat:${endpointId}`;
const fresh = (): Kept => ({ sessionId: crypto.randomUUID(), messages: [] });

/** The conversation of this browser tab with one chat. It survives a reload; files of messages do not. */
export function useConversation(endpointId: string) {
  const [kept, setKept] = useState<Kept | null>(null);
  const [waiting, setWaiting] = useState(false);
  const [files] = useState(() => new Map<string, File[]>());

  useEffect(() => setKept(read(endpointId) ?? fresh()), [endpointId]);
  useEffect(() => {
    if (kept) write(endpointId, kept);
  }, [endpointId, kept]);

  const change = useCallback(
    (update: (messages: Message[]) => Message[]) =>
      setKept((old) => (old ? { ...old, messages: update(old.messages) } : old)),
    [],
  );

  const deliver = useCallback(
    async (sessionId: string, message: Message) => {
      setWaiting(true);
      const result = await sendMessage(endpointId, {
        sessionId,
        text: message.text,
        files: files.get(message.id) ?? [],
      });
      setWaiting(false);
      const answer: Message[] =
        'output' in result ? [{ id: crypto.randomUUID(), from: 'them', text: result.output }] : [];
      change((messages) => [
        ...messages.map((m) =>
          m.id === message.id && 'failure' in result ? { ...m, failure: result.failure } : m,
        ),
        ...answer,
      ]);
    },
    [endpointId, files, change],
  );

  return {
    messages: kept?.messages ?? [],
    waiting,
    send(text: string, chosen: File[]): void {
      if (!kept || waiting) return;
      const message: Message = {
        id: crypto.randomUUID(),
        from: 'me',
        text,
        ...(chosen.length > 0 ? { files: chosen.map(({ name }) => name) } : {}),
      };
      files.set(message.id, chosen);
      change((messages) => [...messages, message]);
      void deliver(kept.sessionId, message);
    },
    sendAgain(message: Message): void {
      if (!kept || waiting) return;
      const { failure: _, ...rest } = message;
      change((messages) => [...messages.filter(({ id }) => id !== message.id), rest]);
      void deliver(kept.sessionId, rest);
    },
    startAgain(): void {
      files.clear();
      setKept(fresh());
    },
  };
}

function read(endpointId: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(endpointId)) ?? 'null') as Kept | null;
  } catch {
    return null; // no storage in this browser, or something else in it: a conversation begins
  }
}

function write(endpointId: string, kept: Kept): void {
  try {
    sessionStorage.setItem(
      keyOf(endpointId),
      JSON.stringify({ ...kept, messages: kept.messages.slice(-MAX_KEPT) }),
    );
  } catch {
    // full or forbidden: the conversation lasts as long as the page
  }
}
