'use client';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { usePendingApprovals } from '#components/approvals/use-pending-approvals.ts';
import { useDeadLetterCount } from '#components/dead-letters/use-dead-letter-count.ts';
import { formatCount } from '#components/editor/format.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { NAV_ITEMS } from './nav-items.ts';

export function SidebarNav({ compact, onNavigate }: { compact: boolean; onNavigate?: () => void }) {
  const path = useWorkspacePath();
  const current = useSelectedLayoutSegment();
  const todo: Partial<Record<string, { count?: number; what: string; danger?: boolean }>> = {
    failed: { count: useDeadLetterCount(), what: 'to look after', danger: true },
    approvals: { count: usePendingApprovals().data?.data.length, what: 'pending' },
  };
  const { administer } = useMay();
  const items = NAV_ITEMS.filter(({ administers = false }) => administer || !administers);
  return (
    <nav aria-label="Pages" className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
      {items.map(({ page, label, Icon }) => {
        const active = page === current;
        const { count = 0, what, danger } = todo[page] ?? {};
        const name = count > 0 ? `${label}, ${formatCount(count)} ${what}` : label;
        const link = (
          <Link
            key={page}
            href={path(page)}
            onClick={onNavigate}
            aria-current={active ? 'page' : undefined}
            aria-label={compact || count > 0 ? name : undefined}
            className={cn(
              'relative flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-ui font-medium -outline-offset-2 transition-colors max-md:h-10',
              active
                ? 'bg-muted-strong/70 text-foreground'
                : 'text-foreground-muted hover:bg-muted hover:text-foreground',
            )}
          >
            <Icon aria-hidden="true" className={cn('size-4 shrink-0', active && 'text-accent-text')} />
            {compact ? null : label}
            {count > 0 && compact ? (
              <span
                aria-hidden="true"
                className={cn(
                  'absolute top-1 right-1.5 size-2 rounded-full',
                  danger ? 'bg-danger' : 'bg-accent',
                )}
              />
            ) : null}
            {count > 0 && !compact ? (
              <Badge tone={danger ? 'danger' : 'accent'} aria-hidden="true" className="ml-auto tabular-nums">
                {formatCount(count)}
              </Badge>
            ) : null}
          </Link>
        );
        return compact ? (
          <Tooltip key={page} content={name} side="right">
            {link}
          </Tooltip>
        ) : (
          link
        );
      })}
    </nav>
  );
}
