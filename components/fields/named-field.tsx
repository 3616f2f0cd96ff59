'use client';

import { useQuery } from '@tanstack/react-query';
import { Input } from '#components/ui/input.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { TableField, WorkflowField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { type ListNamed, useForm } from './form-context.tsx';

/** Another workflow of the workspace, by name. */
export function WorkflowFieldControl(props: ControlProps<WorkflowField>) {
  return <NamedFieldControl {...props} what="workflow" list={useForm().listWorkflows} />;
}

/** A table of the workspace, by name. */
export function TableFieldControl(props: ControlProps<TableField>) {
  return <NamedFieldControl {...props} what="table" list={useForm().listTables} />;
}

function NamedFieldControl({
  field,
  value,
  onChange,
  id,
  what,
  list,
}: ControlProps<WorkflowField | TableField> & { what: string; list: ListNamed | null }) {
  const { readOnly } = useForm();
  const { data, isPending } = useQuery({
    queryKey: ['editor', 'names', what],
    queryFn: () => list?.() ?? Promise.resolve([]),
    enabled: list !== null,
  });
  const current = typeof value === 'string' ? value : '';
  if (!list) return <Input id={id} readOnly value={current} />;
  // an imported workflow names what it means, for it cannot know the id
  const known = data?.find((one) => one.id === current) ?? data?.find((one) => one.name === current);
  return (
    <Select value={known?.id ?? current} onValueChange={onChange} disabled={readOnly || isPending}>
      <SelectTrigger id={id}>
        <SelectValue placeholder={isPending ? 'Loading…' : (field.placeholder ?? `Choose a ${what}`)} />
      </SelectTrigger>
      <SelectContent>
        {current && !known ? (
          <SelectItem value={current}>{`Unknown ${what} (${current.slice(0, 24)})`}</SelectItem>
        ) : null}
        {data?.map((one) => (
          <SelectItem key={one.id} value={one.id}>
            {one.name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
