/** What one call did, and what it left of what was meant. */
interface Handled {
  handled: number;
  left: number;
}

interface BulkResult {
  handled: number;
  stopped: boolean;
  /** What a call was refused with; what had been handled before it stays so. */
  error: unknown;
}

interface BulkLoop<W> {
  /** Each is called for again until nothing of it is left. */
  batches: readonly W[];
  /** How many were meant when the button was pressed. */
  total: number;
  call: (batch: W) => Promise<Handled>;
  isStopped: () => boolean;
  onProgress: (handled: number) => void;
}

/**
 * Calls again and again until all are handled. What is retried may fail at once and be back in the list, so the number
 * that was meant is an end, too: without it an upstream that is down would be called in a circle.
 */
export async function handleAll<W>(loop: BulkLoop<W>): Promise<BulkResult> {
  let handled = 0;
  try {
    for (const batch of loop.batches) {
      for (;;) {
        if (loop.isStopped()) return { handled, stopped: true, error: null };
        const answer = await loop.call(batch);
        handled += answer.handled;
        loop.onProgress(handled);
        // nothing handled, yet something left: somebody else is at the same ones
        if (answer.left === 0 || answer.handled === 0 || handled >= loop.total) break;
      }
    }
  } catch (error) {
    return { handled, stopped: false, error };
  }
  return { handled, stopped: false, error: null };
}
