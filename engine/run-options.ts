import type { EngineEvent, NodeRunRef } from './events.ts';
import type { RunCall } from './node.ts';

export type RunOutcome =
  | { status: 'completed' | 'failed' | 'cancelled' | 'timeout' }
  /** Nothing to do before `until` (null: no time), the end of one of `executions`, or a call. */
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
  /** Without it nobody can call; what waits for a call waits until it expires. */
  calls?: RunCalls;
}

/** A call for one run of a node. Each run gets one at most, and the same one again after a resume. */
export interface NodeCall extends NodeRunRef, RunCall {}

export interface RunCalls {
  /** Calls that came before now, whether their runs wait already or not. */
  known: readonly NodeCall[];
  /** Asked once: tells of every call that comes from now on. The same call may be told twice. */
  listen(onCall: (call: NodeCall) => void): void;
  /**
   * Asked before a run is told that nobody called in time. Resolves with the call that came first after all, or with
   * null: then none may come any more. Without it, what has been told so far decides.
   */
  expire?(run: NodeRunRef): Promise<NodeCall | null>;
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
