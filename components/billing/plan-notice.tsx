'use client';
import { TriangleAlert, X } from 'lucide-react';
import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useUsage } from '#components/usage/use-usage.ts';
import { useCurrentWorkspace } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { noticeOf } from './notice.ts';
import { useBilling } from './use-billing.ts';
import { usePutAway } from './use-put-away.ts';

/** Above every page: the plan is nearly or all used up, has no seat for whoever looks, or a payment is open. */
export function PlanNotice() {
  const path = useWorkspacePath();
  const here = useSelectedLayoutSegment();
  const usage = useUsage().data;
  const billing = useBilling().data;
  const notice = noticeOf({ usage, billing, hasSeat: useCurrentWorkspace().hasSeat, now: Date.now() });
  const { hidden, putAway } = usePutAway(notice?.key ?? null);
  if (!notice || hidden || notice.link.page === here) return null; // the page itself says it, and better
  const { tone, text, link, key } = notice;
  return (
    <div
      role="status"
      className={cn(
        'flex shrink-0 items-start gap-2.5 px-4 py-2 text-ui sm:px-8',
        tone === 'danger' ? 'bg-danger-soft text-danger' : 'bg-warning-soft text-warning',
      )}
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        {text}{' '}
        <Link
          href={path(link.page)}
          className="whitespace-nowrap rounded font-medium underline underline-offset-4"
        >
          {link.label}
        </Link>
      </p>
      {key === null ? null : (
        <IconButton
          label="Hide until next month"
          size="xs"
          side="left"
          onClick={putAway}
          className="-my-0.5 text-inherit hover:bg-foreground/8 hover:text-inherit"
        >
          <X />
        </IconButton>
      )}
    </div>
  );
}
