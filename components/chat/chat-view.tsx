'use client';
import { RotateCcw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Chat } from '#server/chat/schema.ts';
import { ChatFrame } from './chat-frame.tsx';
import { Composer } from './composer.tsx';
import { useConversation } from './conversation.ts';
import { Bubble, Typing } from './message.tsx';

/** The messages so far, and the place to write the next one. */
export function ChatView({ endpointId, chat }: { endpointId: string; chat: Chat }) {
  const { messages, waiting, send, sendAgain, startAgain } = useConversation(endpointId);
  const end = useRef<HTMLDivElement>(null);
  const count = messages.length + (waiting ? 1 : 0);
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  return (
    <ChatFrame
      title={chat.title}
      subtitle={chat.subtitle}
      action={
        messages.length > 0 ? (
          <IconButton label="Start again" onClick={startAgain} disabled={waiting}>
            <RotateCcw className="size-4" />
          </IconButton>
        ) : null
      }
    >
      <div
        role="log"
        aria-label="Messages"
        className="flex flex-1 flex-col gap-3 overflow-y-auto px-4 py-5 sm:px-5"
      >
        {chat.greeting.map((text) => (
          <Bubble key={text} message={{ id: text, from: 'them', text }} />
        ))}
        {messages.map((message) => (
          <Bubble
            key={message.id}
            message={message}
            onSendAgain={waiting ? undefined : () => sendAgain(message)}
          />
        ))}
        {waiting ? <Typing /> : null}
        <div ref={end} />
      </div>
      <Composer
        placeholder={chat.placeholder || 'Type a message'}
        allowFiles={chat.allowFiles}
        waiting={waiting}
        onSend={send}
      />
    </ChatFrame>
  );
}
