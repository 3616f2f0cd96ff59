'use client';
import type { ReactNode } from 'react';
import { keptFor } from '#components/pricing/plan-words.ts';
import { sizeText } from '#engine/file-view.ts';
import type { Usage } from '#server/usage/schema.ts';
import { UsageBar } from './usage-bar.tsx';

const count = (n: number) => n.toLocaleString('en');

/** Everything else of the plan, at a glance. */
export function ShareGrid({ usage }: { usage: Usage }) {
  const { activeWorkflows, members, runningExecutions, storageBytes, retentionDays, days } = usage;
  const apiCalls = days.reduce((sum, day) => sum + day.apiCalls, 0);
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-border bg-border shadow-card sm:grid-cols-3 lg:grid-cols-6">
      <Share label="Active workflows" {...activeWorkflows} />
      <Share label="Members" note="Invited ones included" {...members} />
      <Share label="Running now" {...runningExecutions} />
      <Fact label="Storage" value={sizeText(storageBytes)} note="Files and tables" />
      <Fact label="API calls" value={count(apiCalls)} note="This month" />
      <Fact label="Executions are kept" value={keptFor(retentionDays)} />
    </dl>
  );
}

function Share({
  label,
  note,
  used,
  limit,
}: {
  label: string;
  note?: string;
  used: number;
  limit: number | null;
}) {
  return (
    <Fact
      label={label}
      value={
        <>
          {count(used)}
          <span className="font-normal text-foreground-muted text-ui">
            {limit === null ? '' : ` of ${count(limit)}`}
          </span>
        </>
      }
      note={
        limit === null ? (
          note
        ) : (
          <UsageBar label={label} used={used} limit={limit} size="sm" className="mt-1.5" />
        )
      }
    />
  );
}

function Fact({ label, value, note }: { label: string; value: ReactNode; note?: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-foreground-muted text-xs">{label}</dt>
      <dd className="mt-1 font-semibold text-lg tabular-nums tracking-tight">{value}</dd>
      {note ? <dd className="text-foreground-subtle text-xs">{note}</dd> : null}
    </div>
  );
}
