import type { EngineEvent } from './events.ts';

export type RunOutcome =
  | { status: 'completed' | 'failed' | 'cancelled' | 'timeout' }
  /** Nothing to do before `until` (null: before one of `executions` has ended). */
  | { status: 'waiting'; until: number | null; executions: string[] }
  /** Stopped on request; goes on when somebody resumes it. */
  | { status: 'paused' }
  /** Stopped on request at a point from which another process can go on. */
  | { status: 'released' };

export interface RunOptions {
  /** Events of earlier work on this execution, in order. */
  history?: readonly EngineEvent[];
  startNodeId: string;
  /** Ends the execution as cancelled. */
  cancel?: AbortSignal;
  /** Starts nothing new, lets running nodes finish, then stays paused. */
  pause?: AbortSignal;
  /** Starts nothing new, lets running nodes finish, then gives the execution back. */
  drain?: AbortSignal;
}

/** Time (ms) that the history shows an execution running: waits and pauses do not count. */
export function activeMsOf(history: readonly EngineEvent[]): number {
  let total = 0;
  let awakeSince: number | null = null;
  for (const event of history) {
    if (event.type === 'execution.started' || event.type === 'execution.resumed') awakeSince = event.at;
    else if (awakeSince !== null) {
      total += event.at - awakeSince;
      awakeSince = event.type === 'execution.waiting' || event.type === 'execution.paused' ? null : event.at;
    }
  }
  return total;
}
