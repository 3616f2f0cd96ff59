'use client';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { NAV_ITEMS } from './nav-items.ts';

export function SidebarNav({ compact, onNavigate }: { compact: boolean; onNavigate?: () => void }) {
  const path = useWorkspacePath();
  const current = useSelectedLayoutSegment();
  return (
    <nav aria-label="Pages" className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto">
      {NAV_ITEMS.map(({ page, label, Icon }) => {
        const active = page === current;
        const link = (
          <Link
            key={page}
            href={path(page)}
            onClick={onNavigate}
            aria-current={active ? 'page' : undefined}
            aria-label={compact ? label : undefined}
            className={cn(
              'flex h-8 shrink-0 items-center gap-2.5 rounded-md px-2.5 text-ui font-medium -outline-offset-2 transition-colors max-md:h-10',
              active
                ? 'bg-muted-strong/70 text-foreground'
                : 'text-foreground-muted hover:bg-muted hover:text-foreground',
            )}
          >
            <Icon aria-hidden="true" className={cn('size-4 shrink-0', active && 'text-accent-text')} />
            {compact ? null : label}
          </Link>
        );
        return compact ? (
          <Tooltip key={page} content={label} side="right">
            {link}
          </Tooltip>
        ) : (
          link
        );
      })}
    </nav>
  );
}
