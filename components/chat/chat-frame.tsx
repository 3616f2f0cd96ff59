import type { ReactNode } from 'react';

/** What is around a chat: all of a small screen, a card on a large one. `action` stands beside the title. */
export function ChatFrame({
  title,
  subtitle,
  action,
  children,
}: {
  title: string;
  subtitle?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="flex h-dvh justify-center sm:p-6">
      <div className="flex w-full max-w-2xl flex-col overflow-hidden border-border bg-surface sm:rounded-xl sm:border sm:shadow-raised">
        <header className="flex items-start gap-3 border-border border-b px-5 py-4">
          <div className="min-w-0 flex-1">
            <h1 className="font-semibold text-lg tracking-tight wrap-anywhere">{title}</h1>
            {subtitle ? <p className="text-foreground-muted text-ui wrap-anywhere">{subtitle}</p> : null}
          </div>
          {action}
        </header>
        {children}
      </div>
    </main>
  );
}
