'use client';
import { CircleCheckBig, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** Says what will stand here once something fails, and what can be done then. */
export function NoDeadLetters({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing of this has failed"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Or somebody has retried or dismissed it already.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<CircleCheckBig />} title="Nothing has failed">
      <p>
        Executions land here when they fail or take too long and nobody was watching: those that a webhook, a
        schedule, the API or another workflow started. What you run by hand does not.
      </p>
      <ol className="mt-4 grid gap-2 text-left">
        <Step title="Retry">
          Goes on from where it failed: what had ended well is not run again. After a fix in the workflow,
          retry on the current draft.
        </Step>
        <Step title="Dismiss">Takes it off this list. It stays under Executions, with its data.</Step>
      </ol>
      <p className="mt-4">
        To be told at once, choose an error workflow in a workflow’s settings: it starts whenever one fails.
      </p>
    </EmptyState>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="rounded-lg border border-border px-3 py-2">
      <span className="font-medium text-foreground">{title}.</span> {children}
    </li>
  );
}
