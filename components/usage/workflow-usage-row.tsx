'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { WorkflowUsage } from '#server/usage/schema.ts';
import { BudgetForm } from './budget-form.tsx';
import { StartAgainButton } from './start-again-button.tsx';
import { UsageBar } from './usage-bar.tsx';

const count = (n: number) => n.toLocaleString('en');

/** Of one workflow, against its budget or, where it has none, against the workflow that uses the most. */
export function WorkflowUsageRow({ workflow, most }: { workflow: WorkflowUsage; most: number }) {
  const { workflowId, name, executions, budget, pausedBy } = workflow;
  const may = useMay();
  const path = useWorkspacePath();
  const [editing, setEditing] = useState(false);
  const spent = budget !== null && executions >= budget;
  const startable = pausedBy === 'budget' && !spent && may.edit;
  const shown = name ?? 'A deleted workflow';
  return (
    <li className="px-5 py-3 text-ui">
      <div className="grid items-center gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_minmax(5rem,12rem)_8rem_auto]">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          {name === null ? (
            <span className="text-foreground-muted">{shown}</span>
          ) : (
            <Link
              href={path(`workflows/${workflowId}`)}
              className="min-w-0 truncate rounded font-medium hover:underline"
            >
              {name}
            </Link>
          )}
          {pausedBy === 'budget' ? <Badge tone="warning">Paused by its budget</Badge> : null}
          {pausedBy === 'plan' ? <Badge tone="warning">Paused by the plan</Badge> : null}
        </div>
        {budget === null ? (
          <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-muted">
            <div
              className="h-full rounded-full bg-border-strong"
              style={{ width: `${most > 0 ? (executions / most) * 100 : 0}%` }}
            />
          </div>
        ) : (
          <UsageBar label={`Budget of ${shown}`} used={executions} limit={budget} size="sm" />
        )}
        <span className="tabular-nums sm:text-right">
          {count(executions)}
          {budget === null ? '' : <span className="text-foreground-muted"> of {count(budget)}</span>}
        </span>
        <div className="flex flex-wrap items-center gap-2 empty:hidden sm:-mr-2.5 sm:w-58 sm:justify-end sm:empty:block">
          {startable ? <StartAgainButton workflowId={workflowId} name={shown} /> : null}
          {may.edit && name !== null && !editing ? (
            <Button
              size="sm"
              variant="ghost"
              className={cn(!startable && 'max-sm:-ml-2.5')}
              onClick={() => setEditing(true)}
            >
              {budget === null ? 'Set a budget' : spent ? 'Raise the budget' : 'Change the budget'}
              <span className="sr-only"> of {shown}</span>
            </Button>
          ) : null}
        </div>
      </div>
      {editing ? (
        <BudgetForm workflowId={workflowId} name={shown} budget={budget} onDone={() => setEditing(false)} />
      ) : null}
    </li>
  );
}
