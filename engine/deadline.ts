import { NodeError } from './errors.ts';
import type { Clock } from './ports.ts';
import type { WorkflowNode } from './workflow.ts';

/** Made once: an error takes a stack trace, and every execution ends. */
export const ENDED = new NodeError('stopped', 'The execution ended.');

/**
 * The signal of a node with a time limit of its own, which fires with the execution's too; null for most, which have none:
 * controllers are not free. `clear` when the node has ended.
 */
export function deadlineOf(
  { name, settings: { timeoutMs } }: WorkflowNode,
  clock: Clock,
  signal: AbortSignal,
): { signal: AbortSignal; clear(): void } | null {
  if (timeoutMs <= 0) return null;
  const timer = new AbortController();
  const limit = new AbortController();
  void clock.sleep(timeoutMs, timer.signal).then(() => {
    if (!timer.signal.aborted)
      limit.abort(new NodeError('timeout', `“${name}” took longer than ${timeoutMs} ms.`));
  });
  return { signal: AbortSignal.any([signal, limit.signal]), clear: () => timer.abort(ENDED) };
}
