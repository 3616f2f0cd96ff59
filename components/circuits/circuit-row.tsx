'use client';
import { KeyRound } from 'lucide-react';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { cn } from '#lib/cn.ts';
import type { CircuitSummary } from '#server/circuits/schema.ts';
import { CircuitStateBadge } from './circuit-state-badge.tsx';
import { NextTry } from './next-try.tsx';
import { TryNowButton } from './try-now-button.tsx';

/** Shared by the head of the list and its rows. */
export const CIRCUIT_COLUMNS =
  'gap-x-4 md:grid-cols-[5.5rem_minmax(0,1fr)_7.5rem_7rem_7rem_5.5rem] md:items-center';

/** `seenAtMs`: when the server was asked; the countdown begins there. */
export function CircuitRow({ circuit, seenAtMs }: { circuit: CircuitSummary; seenAtMs: number }) {
  const { host, credentialId, state, failures, lastError, openedAt } = circuit;
  return (
    <li
      data-testid={`circuit-${host}`}
      className={cn(
        CIRCUIT_COLUMNS,
        'relative flex flex-wrap items-center gap-y-1.5 px-4 py-2.5 max-md:gap-x-3 md:grid',
      )}
    >
      <div className="max-md:order-2">
        <CircuitStateBadge state={state} />
      </div>
      <div className="min-w-0 max-md:order-1 max-md:w-full max-md:pr-20">
        <p className="flex items-center gap-2 text-sm font-medium">
          <span className="truncate" title={host}>
            {host}
          </span>
          {credentialId === '' ? null : (
            <span
              className="inline-flex min-w-0 shrink-0 items-center gap-1 text-xs font-normal text-foreground-muted"
              title={`Only calls with the credential ${credentialId}`}
            >
              <KeyRound aria-hidden="true" className="size-3" />
              credential {credentialId.slice(-6)}
            </span>
          )}
        </p>
        {lastError ? (
          <p
            className={cn(
              'text-xs [overflow-wrap:anywhere] md:truncate',
              state === 'closed' ? 'text-foreground-muted' : 'text-danger',
            )}
            title={lastError}
          >
            {lastError}
          </p>
        ) : null}
      </div>
      <p
        className={cn(
          'text-xs text-foreground-muted tabular-nums max-md:order-3',
          state === 'closed' && 'max-md:hidden',
        )}
      >
        {state === 'closed' ? '–' : failures}
        <span className="md:hidden"> failures in a row</span>
      </p>
      <p className="text-xs text-foreground-muted max-md:order-4">
        {openedAt ? (
          <>
            <span className="md:hidden">opened </span>
            <RelativeTime date={openedAt} />
          </>
        ) : (
          '–'
        )}
      </p>
      <div className="text-xs text-foreground-muted max-md:order-5">
        <NextTry circuit={circuit} seenAtMs={seenAtMs} />
      </div>
      <div className="max-md:absolute max-md:top-2 max-md:right-3 md:text-right">
        {state === 'closed' ? null : <TryNowButton circuit={circuit} />}
      </div>
    </li>
  );
}
