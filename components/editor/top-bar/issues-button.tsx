'use client';

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx';
import { cn } from '#lib/cn.ts';
import { useEditor } from '../editor-context.tsx';
import { IssueList } from './issue-list.tsx';

export function IssuesButton() {
  const [open, setOpen] = useState(false);
  const errors = useEditor((s) => s.issues.filter((i) => i.severity === 'error').length);
  const total = useEditor((s) => s.issues.length);
  const Icon = errors > 0 ? CircleAlert : total > 0 ? TriangleAlert : CircleCheck;
  const label = total === 0 ? 'No issues' : `${total} ${total === 1 ? 'issue' : 'issues'}`;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="md"
          aria-label={label}
          data-testid="issues-button"
          className={cn(
            'px-2',
            errors > 0 && 'text-danger hover:text-danger',
            errors === 0 && total > 0 && 'text-warning',
          )}
        >
          <Icon />
          {total > 0 ? total : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="max-h-[60dvh] w-96 max-w-[92vw] overflow-y-auto p-1.5">
        <IssueList onPick={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}
