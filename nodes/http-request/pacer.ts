/**
 * Holds requests back so that batch k starts k pauses after the first: item i belongs to batch floor(i / size). Without a
 * pause nothing waits. The returned function rejects when the signal aborts.
 */
export function pacer(
  size: number,
  pauseMs: number,
  signal: AbortSignal,
): (itemIndex: number) => Promise<void> {
  const gates = new Map<number, Promise<void>>([[0, Promise.resolve()]]);
  const gate = (batch: number): Promise<void> => {
    const known = gates.get(batch);
    if (known) return known;
    const made = gate(batch - 1).then(() => sleep(pauseMs, signal));
    gates.set(batch, made);
    return made;
  };
  return (itemIndex) => (pauseMs > 0 ? gate(Math.floor(itemIndex / size)) : Promise.resolve());
}

/** Rejects when the signal aborts. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    if (ms <= 0) return resolve();
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
