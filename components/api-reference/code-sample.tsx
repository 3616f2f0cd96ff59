import { CopyButton } from '#components/ui/copy-button.tsx';

/** Text to read or copy; it scrolls inside, so that the page does not. */
export function CodeSample({ title, text }: { title: string; text: string }) {
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-xs font-semibold text-foreground-muted">{title}</h3>
        <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={title}
        className="max-h-80 overflow-auto rounded-lg border border-border bg-muted p-3"
      >
        <pre className="font-mono text-xs leading-relaxed">{text}</pre>
      </section>
    </section>
  );
}
