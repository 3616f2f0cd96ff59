'use client';
import { useQuery } from '@tanstack/react-query';
import { Download, ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { Invoice } from '#server/billing/schema.ts';
import { formatMoney } from './money.ts';

export function InvoicesCard() {
  const trpc = useTRPC();
  const invoices = useQuery(
    trpc.billing.invoices.queryOptions(undefined, { trpc: { context: { alone: true } } }),
  );
  return (
    <Card aria-label="Invoices">
      <CardHeader title="Invoices" />
      {invoices.isPending ? (
        <ListSkeleton label="Loading invoices" />
      ) : !invoices.data ? (
        <QueryError error={invoices.error} onRetry={() => invoices.refetch()} />
      ) : invoices.data.length === 0 ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">
          There are none yet. Each payment has one here, to look at and as a PDF.
        </p>
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {invoices.data.map((invoice) => (
            <InvoiceRow key={invoice.id} invoice={invoice} />
          ))}
        </ul>
      )}
    </Card>
  );
}

/** In Stripe's words, and in ours. */
const STATES: Record<string, { text: string; tone: BadgeTone }> = {
  draft: { text: 'In the making', tone: 'neutral' },
  open: { text: 'To pay', tone: 'danger' },
  paid: { text: 'Paid', tone: 'success' },
  uncollectible: { text: 'Not paid', tone: 'danger' },
  void: { text: 'Void', tone: 'neutral' },
};

function InvoiceRow({ invoice }: { invoice: Invoice }) {
  const { number, createdAt, total, tax, currency, status, pageUrl, pdfUrl } = invoice;
  const state = STATES[status] ?? { text: status, tone: 'neutral' as const };
  const name = number ?? 'Without a number';
  return (
    <li className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-5 py-2.5 text-ui sm:grid-cols-[7rem_minmax(0,1fr)_6rem_9rem_9rem]">
      <time dateTime={createdAt.toISOString()}>
        {createdAt.toLocaleDateString('en', { month: 'short', day: 'numeric', year: 'numeric' })}
      </time>
      <span className="truncate font-mono text-foreground-muted text-xs max-sm:order-3">{name}</span>
      <span className="max-sm:order-4 max-sm:text-right">
        <Badge tone={state.tone}>{state.text}</Badge>
      </span>
      <span className="text-right tabular-nums">
        {formatMoney(total, currency)}
        {tax > 0 ? (
          <span className="text-foreground-muted text-xs"> with {formatMoney(tax, currency)} tax</span>
        ) : null}
      </span>
      <span className="flex justify-end gap-3 max-sm:order-5 max-sm:col-span-2">
        {pageUrl ? (
          <InvoiceLink href={pageUrl} label={`${status === 'open' ? 'Pay' : 'View'} invoice ${name}`}>
            <ExternalLink aria-hidden="true" className="size-3.5" />
            {status === 'open' ? 'Pay' : 'View'}
          </InvoiceLink>
        ) : null}
        {pdfUrl ? (
          <InvoiceLink href={pdfUrl} label={`PDF of invoice ${name}`}>
            <Download aria-hidden="true" className="size-3.5" />
            PDF
          </InvoiceLink>
        ) : null}
      </span>
    </li>
  );
}

const InvoiceLink = ({ href, label, children }: { href: string; label: string; children: ReactNode }) => (
  <a
    href={href}
    target="_blank"
    rel="noreferrer"
    aria-label={label}
    className="inline-flex items-center gap-1 rounded text-accent-text underline-offset-4 hover:underline"
  >
    {children}
  </a>
);
