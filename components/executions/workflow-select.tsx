'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';

const ALL = 'all';
const MOST = 100;

interface Props {
  /** undefined: all of them. */
  workflowId: string | undefined;
  onChange: (workflowId: string | undefined) => void;
  className?: string;
}

/** Filters by workflow. */
export function WorkflowSelect({ workflowId, onChange, className }: Props) {
  const trpc = useTRPC();
  const workflows = useQuery(trpc.workflows.list.queryOptions({ limit: MOST }));
  return (
    <Select
      value={workflowId ?? ALL}
      onValueChange={(chosen) => onChange(chosen === ALL ? undefined : chosen)}
    >
      <SelectTrigger aria-label="Workflow" className={className}>
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        <SelectItem value={ALL}>All workflows</SelectItem>
        {workflows.data?.data.map(({ id, name }) => (
          <SelectItem key={id} value={id}>
            {name}
          </SelectItem>
        ))}
        {workflowId && !workflows.data?.data.some(({ id }) => id === workflowId) ? (
          <SelectItem value={workflowId}>One workflow</SelectItem>
        ) : null}
      </SelectContent>
    </Select>
  );
}
