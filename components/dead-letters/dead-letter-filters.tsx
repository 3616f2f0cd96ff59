'use client';
import { X } from 'lucide-react';
import { WorkflowSelect } from '#components/executions/workflow-select.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import type { DeadLetterView } from './use-dead-letter-view.ts';

interface Props {
  shown: DeadLetterView;
  onChange: (view: DeadLetterView) => void;
}

export function DeadLetterFilters({ shown, onChange }: Props) {
  const { view, workflowId, message } = shown;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid items-center gap-2 sm:flex">
        <SegmentedControl
          label="View"
          value={view}
          onValueChange={(next) => onChange({ view: next, ...(workflowId && { workflowId }) })}
          options={[
            { value: 'groups', label: 'What fails' },
            { value: 'list', label: 'Each execution' },
          ]}
        />
        <WorkflowSelect
          workflowId={workflowId}
          onChange={(next) => onChange({ view, ...(next && { workflowId: next }) })}
          className="w-full sm:w-60"
        />
      </div>
      {message === undefined ? null : (
        <p className="flex max-w-full items-center gap-1 self-start rounded-md bg-muted py-0.5 pr-0.5 pl-2.5 text-xs text-foreground-muted">
          <span className="shrink-0">Only:</span>
          <span className="truncate text-foreground" title={message}>
            {message || 'no message'}
          </span>
          <IconButton
            label="Show other messages, too"
            size="xs"
            onClick={() => onChange({ view, ...(workflowId && { workflowId }) })}
          >
            <X />
          </IconButton>
        </p>
      )}
    </div>
  );
}
