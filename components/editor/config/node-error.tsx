import { OctagonAlert } from 'lucide-react';
import type { NodeErrorData } from '#engine/errors.ts';
import { cn } from '#lib/cn.ts';
import { adviceFor } from '../run/advice.ts';

/** Why a node failed, and what to do about it. */
export function NodeError({ error, className }: { error: NodeErrorData; className?: string }) {
  return (
    <div
      className={cn('rounded-lg bg-danger-soft p-3 text-xs leading-4.5', className)}
      data-testid="node-error"
      role="alert"
    >
      <p className="flex gap-2 font-medium text-danger text-ui">
        <OctagonAlert className="mt-0.5 size-4 shrink-0" />
        <span className="min-w-0 break-words">{error.message}</span>
      </p>
      <p className="mt-1.5 text-foreground-muted">
        {adviceFor(error)}
        {error.itemIndex === undefined ? '' : ` It happened at item ${error.itemIndex}.`}
      </p>
      {error.detail ? (
        <pre className="mt-2 max-h-40 overflow-auto whitespace-pre-wrap break-words rounded bg-surface/70 p-2 font-mono text-[11.5px]">
          {error.detail}
        </pre>
      ) : null}
    </div>
  );
}
