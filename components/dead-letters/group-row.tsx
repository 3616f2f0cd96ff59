'use client';
import Link from 'next/link';
import { formatCount } from '#components/editor/format.ts';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { DeadLetterGroup } from '#server/dead-letters/schema.ts';
import { DismissButton } from './dismiss-button.tsx';
import { kindOf } from './failure-kinds.ts';
import { RetryButton } from './retry-button.tsx';
import type { Bulk } from './use-bulk.ts';

/** Shared by the head of the list and its rows. */
export const GROUP_COLUMNS = 'gap-x-4 lg:grid-cols-[minmax(0,1fr)_5rem_6rem_12.5rem] lg:items-center';

interface Props {
  group: DeadLetterGroup;
  /** Its executions, one by one. */
  href: string;
  bulk: Bulk;
}

export function GroupRow({ group, href, bulk }: Props) {
  const may = useMay();
  const { workflowId, workflowName, kind, message, count, newestAt } = group;
  const { label, hint } = kindOf(kind);
  const target = { filter: { workflowId, message }, count };
  const busy = bulk.progress !== null;
  return (
    <li
      className={cn(
        GROUP_COLUMNS,
        'relative flex flex-wrap items-center gap-y-2 px-4 py-3 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-muted/60 lg:grid',
      )}
    >
      <div className="flex min-w-0 flex-col gap-0.5 max-lg:w-full">
        <div className="flex items-baseline gap-2">
          <Link
            href={href}
            data-row="open"
            className="truncate text-sm font-medium outline-offset-4 after:absolute after:inset-0"
          >
            {workflowName}
          </Link>
          <span className="shrink-0 text-xs text-foreground-subtle">{label}</span>
        </div>
        <p className="line-clamp-2 text-xs text-danger [overflow-wrap:anywhere]" title={message}>
          {message || 'No message'}
        </p>
        {hint ? <p className="text-xs text-foreground-muted">{hint}</p> : null}
      </div>
      <p className="text-sm font-semibold tabular-nums lg:text-right">
        {formatCount(count)}
        <span className="text-xs font-normal text-foreground-muted lg:hidden"> ×</span>
      </p>
      <p className="text-xs text-foreground-muted">
        <span className="lg:hidden">newest </span>
        <RelativeTime date={newestAt} />
      </p>
      {may.edit ? (
        <div className="relative z-1 flex items-center gap-1 max-lg:w-full">
          <RetryButton
            label={count === 1 ? 'Retry' : 'Retry all'}
            menuLabel={`Other ways to retry what failed in ${workflowName}`}
            title="From where they failed: what had ended well is not run again."
            disabled={busy}
            onRetry={(how) => bulk.retry(target, how)}
          />
          <DismissButton
            label={count === 1 ? 'Dismiss' : 'Dismiss all'}
            count={count}
            disabled={busy}
            onDismiss={() => bulk.dismiss(target)}
          />
        </div>
      ) : null}
    </li>
  );
}
