'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import type { Period } from '#server/usage/schema.ts';
import { allowanceOf } from './forecast.ts';
import { UsageBar } from './usage-bar.tsx';

/** The months before this one, a year of them. */
export function EarlierMonths() {
  const trpc = useTRPC();
  const periods = useQuery(trpc.usage.periods.queryOptions());
  const earlier = periods.data?.filter(({ endsAt }) => endsAt.getTime() <= Date.now());
  return (
    <Card>
      <CardHeader
        title="Earlier months"
        description="A month of usage begins when the one before it ended."
      />
      {periods.isPending ? (
        <ListSkeleton label="Loading months" />
      ) : !earlier ? (
        <QueryError error={periods.error} onRetry={() => periods.refetch()} />
      ) : earlier.length === 0 ? (
        <p className="px-5 pb-5 text-foreground-muted text-ui">
          This is the first one. It will be listed here when it is over.
        </p>
      ) : (
        <ul className="divide-y divide-border border-border border-t">
          {earlier.map((period) => (
            <Month key={period.startsAt.getTime()} period={period} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const shortDay = (date: Date) =>
  date.toLocaleDateString('en', { month: 'short', day: 'numeric', year: 'numeric' });

function Month({ period }: { period: Period }) {
  const { startsAt, endsAt, used, included, credit } = period;
  const allowance = allowanceOf(period);
  const extra = included === null ? 0 : Math.max(0, used - included - credit);
  return (
    <li className="flex flex-col gap-1.5 px-5 py-2.5 text-ui">
      <div className="flex flex-wrap justify-between gap-x-4">
        <span>
          {shortDay(startsAt)} – {shortDay(new Date(endsAt.getTime() - 1))}
        </span>
        <span className="text-foreground-muted tabular-nums">
          {used.toLocaleString('en')}
          {allowance === null ? '' : ` of ${allowance.toLocaleString('en')}`}
          {extra > 0 ? `, ${extra.toLocaleString('en')} extra` : ''}
        </span>
      </div>
      {allowance === null ? null : (
        <UsageBar label={`Executions from ${shortDay(startsAt)}`} used={used} limit={allowance} size="sm" />
      )}
    </li>
  );
}
