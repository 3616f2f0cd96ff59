'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { z } from 'zod';
import { useTRPC } from '#components/trpc/client.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import type { Refusal, refusedStartSchema } from '#server/usage/schema.ts';
import { refusedWhat } from './refusal-words.ts';

type RefusedStart = z.output<typeof refusedStartSchema>;

const WHY: Record<Refusal, string> = {
  plan: 'the executions of the month were used up',
  budget: 'the budget of the workflow was spent',
};

/** What did not start in the last 30 days, and what would help. Nothing at all while nothing was refused. */
export function RefusedStarts() {
  const trpc = useTRPC();
  const refused = useQuery(trpc.usage.refused.queryOptions());
  if (refused.isPending) return null;
  if (!refused.data) return <QueryError error={refused.error} onRetry={() => refused.refetch()} />;
  if (refused.data.length === 0) return null;
  return (
    <Card aria-label="Refused starts">
      <CardHeader
        title="Refused starts"
        description="In the last 30 days. Whoever called was told to try again later; what was refused is not kept."
      />
      <ul className="divide-y divide-border border-border border-t">
        {refused.data.map((one) => (
          <RefusedRow key={`${one.day} ${one.workflowId} ${one.mode} ${one.reason}`} refused={one} />
        ))}
      </ul>
    </Card>
  );
}

function RefusedRow({ refused }: { refused: RefusedStart }) {
  const { name, count, mode, reason, lastAt } = refused;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-2.5 text-ui">
      <div className="min-w-0 flex-1 basis-64">
        <p className="truncate font-medium">{name ?? 'A deleted workflow'}</p>
        <p className="text-foreground-muted">
          {refusedWhat(count, mode)}: {WHY[reason]}
        </p>
      </div>
      <RelativeTime date={lastAt} className="text-foreground-muted text-xs" />
      <Remedy reason={reason} />
    </li>
  );
}

function Remedy({ reason }: { reason: Refusal }) {
  const may = useMay();
  const path = useWorkspacePath();
  const looks = 'rounded text-accent-text text-ui underline-offset-4 hover:underline sm:w-32 sm:text-right';
  if (reason === 'budget')
    return may.edit ? (
      <a href="#by-workflow" className={looks}>
        Raise the budget
      </a>
    ) : (
      <span className="text-foreground-muted sm:w-32 sm:text-right">Ask its editors</span>
    );
  return may.administer ? (
    <Link href={path('billing')} className={looks}>
      Get more
    </Link>
  ) : (
    <span className="text-foreground-muted sm:w-32 sm:text-right">Ask an admin</span>
  );
}
