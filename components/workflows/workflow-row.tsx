'use client';
import Link from 'next/link';
import { NodeIcon } from '#components/editor/node-icon.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { latestDefinition } from '#nodes/definitions.ts';
import type { Refusal } from '#server/usage/schema.ts';
import type { WorkflowSummary } from '#server/workflows/schema.ts';
import { WorkflowMenu } from './workflow-menu.tsx';

/** Shared by the head of the list and its rows. */
export const WORKFLOW_COLUMNS = 'gap-x-4 md:grid-cols-[minmax(0,1fr)_11rem_11rem_6rem_2rem] md:items-center';

export function WorkflowRow({ workflow }: { workflow: WorkflowSummary }) {
  const path = useWorkspacePath();
  const first = latestDefinition(workflow.triggerTypes[0] ?? workflow.nodeTypes[0] ?? '');
  return (
    <li
      className={cn(
        WORKFLOW_COLUMNS,
        'relative flex flex-wrap gap-y-2 px-4 max-md:gap-x-2 py-3 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-muted/60 md:grid',
      )}
    >
      <div className="flex w-full min-w-0 items-center gap-3 pr-8 md:pr-0">
        <NodeIcon definition={first ?? { icon: 'workflow', color: 'slate' }} />
        <div className="min-w-0">
          <Link
            href={path(`workflows/${workflow.id}`)}
            className="block truncate text-sm font-medium outline-offset-4 after:absolute after:inset-0"
          >
            {workflow.name}
          </Link>
          <p className="truncate text-xs text-foreground-muted">{stepsOf(workflow)}</p>
        </div>
      </div>
      <div className="flex items-center gap-2 max-md:pl-1">
        <ActiveDot active={workflow.active} paused={workflow.pausedBy !== null} />
        {workflow.pausedBy ? <PausedBadge by={workflow.pausedBy} /> : null}
        {workflow.liveDiffers ? (
          <Tooltip content="The draft has changes that are not live yet.">
            <Badge tone="warning" className="relative z-1">
              Unpublished
            </Badge>
          </Tooltip>
        ) : null}
      </div>
      <div className="flex items-center gap-2 text-xs text-foreground-muted max-md:ml-auto">
        {workflow.lastExecution ? (
          <>
            <StatusBadge status={workflow.lastExecution.status} />
            <RelativeTime
              date={workflow.lastExecution.queuedAt}
              className={cn('truncate', workflow.liveDiffers && 'max-sm:hidden')}
            />
          </>
        ) : (
          <span className="text-foreground-subtle max-md:hidden">Never ran</span>
        )}
      </div>
      <RelativeTime date={workflow.updatedAt} className="text-xs text-foreground-muted max-md:hidden" />
      <div className="absolute top-3 right-2 md:static md:-mr-1">
        <WorkflowMenu workflow={workflow} />
      </div>
    </li>
  );
}

const PAUSED: Record<Refusal, { text: string; help: string }> = {
  plan: { text: 'By the plan', help: 'More workflows were active than the plan has.' },
  budget: { text: 'By its budget', help: 'It has spent its executions of this month.' },
};

function PausedBadge({ by }: { by: Refusal }) {
  return (
    <Tooltip content={PAUSED[by].help}>
      <Badge tone="warning" className="relative z-1">
        {PAUSED[by].text}
      </Badge>
    </Tooltip>
  );
}

function ActiveDot({ active, paused }: { active: boolean; paused: boolean }) {
  return (
    <span
      className={cn(
        'flex items-center gap-1.5 text-xs',
        active ? 'text-foreground' : 'text-foreground-muted',
      )}
    >
      <span
        aria-hidden="true"
        className={cn(
          'size-2 rounded-full',
          active ? 'bg-success ring-3 ring-success/20' : 'border-[1.5px] border-border-strong',
        )}
      />
      {active ? 'Active' : paused ? 'Paused' : 'Draft'}
    </span>
  );
}

const NOT_A_STEP = new Set(['sticky-note']);
function stepsOf({ nodeTypes }: WorkflowSummary): string {
  const names = nodeTypes
    .filter((type) => !NOT_A_STEP.has(type))
    .map((type) => latestDefinition(type)?.name ?? type);
  return names.length > 0 ? [...new Set(names)].join(' · ') : 'No steps yet';
}
