'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { statusLabel } from '#components/ui/status-badge.tsx';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#server/executions/schema.ts';
import type { ExecutionFilter } from './use-execution-filter.ts';

const ALL = 'all';
const MOST = 100;

interface Props {
  filter: ExecutionFilter;
  onChange: (filter: ExecutionFilter) => void;
}

export function ExecutionFilters({ filter, onChange }: Props) {
  const trpc = useTRPC();
  const workflows = useQuery(trpc.workflows.list.queryOptions({ limit: MOST }));
  const { workflowId: _workflow, ...withoutWorkflow } = filter;
  const { status: _status, ...withoutStatus } = filter;
  return (
    <div className="grid grid-cols-2 items-center gap-2 sm:flex">
      <Select
        value={filter.workflowId ?? ALL}
        onValueChange={(workflowId) =>
          onChange(workflowId === ALL ? withoutWorkflow : { ...filter, workflowId })
        }
      >
        <SelectTrigger aria-label="Workflow" className="w-full sm:w-60">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={ALL}>All workflows</SelectItem>
          {workflows.data?.data.map(({ id, name }) => (
            <SelectItem key={id} value={id}>
              {name}
            </SelectItem>
          ))}
          {filter.workflowId && !workflows.data?.data.some(({ id }) => id === filter.workflowId) ? (
            <SelectItem value={filter.workflowId}>One workflow</SelectItem>
          ) : null}
        </SelectContent>
      </Select>
      <Select
        value={filter.status ?? ALL}
        onValueChange={(status) =>
          onChange(status === ALL ? withoutStatus : { ...filter, status: status as ExecutionStatus })
        }
      >
        <SelectTrigger aria-label="Status" className="w-full sm:w-40">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={ALL}>Any status</SelectItem>
          {EXECUTION_STATUSES.map((status) => (
            <SelectItem key={status} value={status}>
              {statusLabel(status)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      {filter.workflowId || filter.status ? (
        <Button variant="ghost" className="max-sm:col-span-2" onClick={() => onChange({})}>
          <X />
          Clear
        </Button>
      ) : null}
    </div>
  );
}
