'use client';
import { Activity, ArrowLeft, Building2, Gauge, ListOrdered, Mails, Users } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Logo } from '#components/layout/logo.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { MeProvider } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { Me } from '#server/accounts/schema.ts';

const PAGES = [
  { href: '/admin', label: 'Overview', Icon: Gauge },
  { href: '/admin/users', label: 'People', Icon: Users },
  { href: '/admin/workspaces', label: 'Workspaces', Icon: Building2 },
  { href: '/admin/executions', label: 'Executions', Icon: Activity },
  { href: '/admin/queue', label: 'Queue', Icon: ListOrdered },
  { href: '/admin/outbox', label: 'Outbox', Icon: Mails },
] as const;

/** On a small screen the row of pages is longer than the screen. */
const intoView = (link: HTMLElement | null) => link?.scrollIntoView({ block: 'nearest', inline: 'center' });

/** Around the pages of the operator, which belong to no workspace. */
export function AdminFrame({ me, children }: { me: Me; children: ReactNode }) {
  const here = usePathname();
  return (
    <MeProvider me={me}>
      <header className="border-border border-b bg-surface">
        <div className="flex h-13 items-center gap-3 px-4 sm:px-8">
          <Link href="/" className="rounded-md" aria-label="LinkFlow, start page">
            <Logo />
          </Link>
          <Badge tone="accent">Operator</Badge>
          <Link
            href="/"
            className="ml-auto flex items-center gap-1.5 rounded-md text-foreground-muted text-ui hover:text-foreground"
          >
            <ArrowLeft aria-hidden="true" className="size-4" />
            <span className="max-sm:sr-only">Back to LinkFlow</span>
          </Link>
        </div>
        <nav aria-label="Operator" className="flex gap-1 overflow-x-auto px-2 sm:px-6">
          {PAGES.map(({ href, label, Icon }) => (
            <Link
              key={href}
              href={href}
              ref={here === href ? intoView : undefined}
              aria-current={here === href ? 'page' : undefined}
              className={cn(
                'flex h-10 shrink-0 items-center gap-2 border-b-2 px-2.5 font-medium text-ui -outline-offset-2 transition-colors',
                here === href
                  ? 'border-accent text-foreground'
                  : 'border-transparent text-foreground-muted hover:text-foreground',
              )}
            >
              <Icon aria-hidden="true" className="size-4" />
              {label}
            </Link>
          ))}
        </nav>
      </header>
      <main>{children}</main>
    </MeProvider>
  );
}
