'use client';
import { ArrowUp, Paperclip, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';

interface ComposerProps {
  placeholder: string;
  allowFiles: boolean;
  waiting: boolean;
  onSend: (text: string, files: File[]) => void;
}

/** Enter sends, Shift+Enter begins a new line. */
export function Composer({ placeholder, allowFiles, waiting, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!waiting) area.current?.focus();
  }, [waiting]);

  const isEmpty = text.trim() === '' && files.length === 0;
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty || waiting) return;
    onSend(text.trim(), files);
    setText('');
    setFiles([]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // while an input method composes, Enter belongs to it
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send();
    }
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-2 border-border border-t p-3 sm:p-4">
      {files.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {files.map((file) => (
            <li
              key={`${file.name} ${file.size} ${file.lastModified}`}
              className="flex items-center gap-1 rounded-md bg-muted py-0.5 pr-0.5 pl-2 text-xs"
            >
              <span className="max-w-48 truncate">{file.name}</span>
              <IconButton
                label={`Remove ${file.name}`}
                size="xs"
                onClick={() => setFiles(files.filter((f) => f !== file))}
              >
                <X className="size-3.5" />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex items-end gap-1 rounded-xl border border-border bg-background p-1.5 focus-within:border-accent focus-within:ring-2 focus-within:ring-accent/30">
        {allowFiles ? (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              aria-label="Files"
              className="hidden"
              onChange={(event) => {
                setFiles([...files, ...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
            <IconButton label="Attach files" onClick={() => picker.current?.click()}>
              <Paperclip className="size-4" />
            </IconButton>
          </>
        ) : null}
        <textarea
          ref={area}
          value={text}
          rows={1}
          aria-label="Message"
          placeholder={placeholder}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="field-sizing-content max-h-40 min-h-8 min-w-0 flex-1 resize-none bg-transparent px-2 py-1.5 text-base outline-none placeholder:text-foreground-subtle sm:text-ui"
        />
        <button
          type="submit"
          aria-label="Send"
          disabled={isEmpty || waiting}
          className="grid size-8 shrink-0 place-items-center rounded-lg bg-accent text-accent-foreground transition-opacity disabled:opacity-40"
        >
          <ArrowUp className="size-4" />
        </button>
      </div>
    </form>
  );
}
