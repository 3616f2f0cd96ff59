import type { EngineEvent } from '#engine/events.ts';
import type { NodeCall, RunCalls } from '#engine/run-options.ts';
import { expireCall, readCalls } from '#server/waits/calls.ts';

/** The engine's door for calls of one execution, and the bell that says that there may be a new one. */
export interface CallInbox extends RunCalls {
  look(): Promise<void>;
}

/** Most executions never wait for a call; only for those that did is the table asked. */
export async function openInbox(executionId: string, history: readonly EngineEvent[]): Promise<CallInbox> {
  const waited = history.some((e) => e.type === 'node.waiting' && e.call);
  let tell: ((call: NodeCall) => void) | null = null;
  return {
    known: waited ? await readCalls(executionId) : [],
    listen: (onCall) => {
      tell = onCall;
    },
    expire: (run) => expireCall(executionId, run),
    async look() {
      if (!tell) return;
      for (const call of await readCalls(executionId)) tell(call);
    },
  };
}
