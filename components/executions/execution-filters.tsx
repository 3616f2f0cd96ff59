'use client';
import { X } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { statusLabel } from '#components/ui/status-badge.tsx';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#server/executions/schema.ts';
import type { ExecutionFilter } from './use-execution-filter.ts';
import { WorkflowSelect } from './workflow-select.tsx';

const ALL = 'all';

interface Props {
  filter: ExecutionFilter;
  onChange: (filter: ExecutionFilter) => void;
}

export function ExecutionFilters({ filter, onChange }: Props) {
  const { workflowId: _workflow, ...withoutWorkflow } = filter;
  const { status: _status, ...withoutStatus } = filter;
  return (
    <div className="grid grid-cols-2 items-center gap-2 sm:flex">
      <WorkflowSelect
        workflowId={filter.workflowId}
        onChange={(workflowId) => onChange({ ...withoutWorkflow, ...(workflowId && { workflowId }) })}
        className="w-full sm:w-60"
      />
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
