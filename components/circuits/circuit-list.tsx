'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { cn } from '#lib/cn.ts';
import { CIRCUIT_COLUMNS, CircuitRow } from './circuit-row.tsx';
import { NoCircuits } from './no-circuits.tsx';

/** Workers tell the table at once, so this is how late the page can be. */
const REFETCH_EVERY_MS = 3_000;

export function CircuitList() {
  const trpc = useTRPC();
  const circuits = useQuery(
    trpc.circuits.list.queryOptions(undefined, { refetchInterval: REFETCH_EVERY_MS }),
  );
  if (circuits.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading upstreams" />
      </Card>
    );
  }
  // one refetch that fails must not take the list away
  if (!circuits.data) return <QueryError error={circuits.error} onRetry={() => circuits.refetch()} />;
  const { data } = circuits.data;
  if (data.length === 0) {
    return (
      <Card>
        <NoCircuits />
      </Card>
    );
  }
  return (
    <Card aria-label="Upstreams">
      <div
        aria-hidden="true"
        className={cn(
          CIRCUIT_COLUMNS,
          'hidden border-b border-border px-4 py-2 text-xs font-medium text-foreground-subtle md:grid',
        )}
      >
        <span>State</span>
        <span>Host and last error</span>
        <span>Failures in a row</span>
        <span>Opened</span>
        <span>Next try</span>
      </div>
      <ul className="divide-y divide-border">
        {data.map((circuit) => (
          <CircuitRow
            key={`${circuit.host} ${circuit.credentialId}`}
            circuit={circuit}
            seenAtMs={circuits.dataUpdatedAt}
          />
        ))}
      </ul>
    </Card>
  );
}
