'use client';
import { useQuery } from '@tanstack/react-query';
import { MailOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page } from '#components/layout/page.tsx';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';

/** Mails of the system to people, for its operator: where there is no mail server, this is where they end up. */
export function OutboxPage() {
  const trpc = useTRPC();
  const outbox = useQuery(trpc.outbox.list.queryOptions());
  if (outbox.isPending)
    return (
      <Frame>
        <Card>
          <ListSkeleton label="Loading mails" />
        </Card>
      </Frame>
    );
  if (outbox.isError)
    return (
      <Frame>
        <QueryError error={outbox.error} onRetry={() => outbox.refetch()} />
      </Frame>
    );
  const { sends, mails } = outbox.data;
  return (
    <Frame>
      {sends ? null : (
        <Callout tone="info" className="mb-3">
          There is no mail server yet, so mails stay here for a week. Set <code>SMTP_URL</code> to send them.
        </Callout>
      )}
      <Card>
        {mails.length === 0 ? (
          <EmptyState icon={<MailOpen />} title="No mails yet">
            Links to confirm an address or to choose a new password show up here.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-border">
            {mails.map(({ id, to, subject, text, createdAt, sentAt, error }) => (
              <li key={id} className="px-4 py-3">
                <details>
                  <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 text-ui">
                    <span className="min-w-0 font-medium wrap-anywhere">{subject}</span>
                    <span className="min-w-0 flex-1 text-foreground-muted wrap-anywhere">{to}</span>
                    {sentAt ? (
                      <Badge tone="success">sent</Badge>
                    ) : error ? (
                      <Badge tone="danger">failed</Badge>
                    ) : (
                      <Badge tone="neutral">waiting</Badge>
                    )}
                    <span className="text-foreground-subtle text-xs">
                      <RelativeTime date={createdAt} />
                    </span>
                  </summary>
                  {error ? <p className="mt-2 text-danger text-xs">{error}</p> : null}
                  <pre className="mt-2 whitespace-pre-wrap rounded-md bg-muted p-3 font-mono text-xs wrap-anywhere">
                    {text ?? 'Its text went with it.'}
                  </pre>
                </details>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </Frame>
  );
}

const Frame = ({ children }: { children: ReactNode }) => (
  <Page
    title="Outbox"
    description="Mails of the whole system to people, newest first. Only its operator sees this page."
  >
    {children}
  </Page>
);
