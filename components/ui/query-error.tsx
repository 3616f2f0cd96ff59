'use client';
import { CloudAlert } from 'lucide-react';
import { errorMessage } from '#components/trpc/errors.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

/** A part of the page that could not be loaded. */
export function QueryError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudAlert />}
        title="This could not be loaded"
        actions={<Button onClick={onRetry}>Try again</Button>}
      >
        {errorMessage(error)}
      </EmptyState>
    </div>
  );
}
