'use client';

import { useQuery } from '@tanstack/react-query';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { WorkflowField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { useForm } from './form-context.tsx';

/** Another workflow of the workspace, by name. */
export function WorkflowFieldControl({ field, value, onChange, id }: ControlProps<WorkflowField>) {
  const { readOnly, listWorkflows } = useForm();
  const { data, isPending } = useQuery({
    queryKey: ['editor', 'workflow-names'],
    queryFn: () => listWorkflows?.() ?? Promise.resolve([]),
    enabled: listWorkflows !== null,
  });
  const current = typeof value === 'string' ? value : '';
  if (!listWorkflows) return <Input id={id} readOnly value={current} />;
  const known = data?.some((w) => w.id === current) ?? false;
  return (
    <Select value={current} onValueChange={onChange} disabled={readOnly || isPending}>
      <SelectTrigger id={id}>
        <SelectValue placeholder={isPending ? 'Loading…' : (field.placeholder ?? 'Choose a workflow')} />
      </SelectTrigger>
      <SelectContent>
        {current && !known ? (
          <SelectItem value={current}>{`Unknown workflow (${current.slice(0, 8)}…)`}</SelectItem>
        ) : null}
        {data?.map((workflow) => (
          <SelectItem key={workflow.id} value={workflow.id}>
            {workflow.name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
