import { Paperclip } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Markdown } from '#components/ui/markdown.tsx';
import { cn } from '#lib/cn.ts';
import type { Message } from './conversation.ts';

/** One message. Answers may use a little Markdown; what people write is shown as they wrote it. */
export function Bubble({ message, onSendAgain }: { message: Message; onSendAgain?: () => void }) {
  const mine = message.from === 'me';
  return (
    <div className={cn('flex flex-col gap-1', mine ? 'items-end' : 'items-start')}>
      <span className="sr-only">{mine ? 'You:' : 'Answer:'}</span>
      <div
        className={cn(
          'max-w-[85%] rounded-2xl px-3.5 py-2 text-ui leading-5.5 wrap-anywhere',
          mine ? 'rounded-br-md bg-accent text-accent-foreground' : 'rounded-bl-md bg-muted',
        )}
      >
        {mine ? <p className="whitespace-pre-wrap">{message.text}</p> : <Markdown text={message.text} />}
        {message.files ? (
          <ul className="mt-1 flex flex-col gap-0.5 text-xs">
            {message.files.map((name, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list does not change
              <li key={i} className="flex items-center gap-1.5">
                <Paperclip aria-hidden="true" className="size-3.5 shrink-0" /> {name}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {message.failure ? (
        <p role="alert" className="flex flex-wrap items-center justify-end gap-x-2 text-danger text-xs">
          {message.failure}
          {onSendAgain ? (
            <Button variant="link" size="sm" onClick={onSendAgain}>
              Send again
            </Button>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** Somebody thinks. */
export function Typing() {
  return (
    <div
      role="status"
      className="flex w-fit items-center gap-1 rounded-2xl rounded-bl-md bg-muted px-3.5 py-3"
    >
      <span className="sr-only">Waiting for the answer</span>
      {[0, 160, 320].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-shimmer rounded-full bg-foreground-subtle"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  );
}
