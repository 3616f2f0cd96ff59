import type { EngineEvent, InputSources } from './events.ts';

/**
 * The part of a failed execution's history that a retry takes over: the runs that ended well or whose failure was part of
 * the flow. Runs that failed it, or were cut off by the failure, are left out, so that their input is pending again.
 * Events, and the runs of each node, are numbered anew without gaps.
 */
export function reusableEvents(events: readonly EngineEvent[]): EngineEvent[] {
  const settled = new Set(
    events.flatMap((e) =>
      e.type === 'node.completed' || (e.type === 'node.failed' && e.outputs) ? [keyOf(e.node, e.run)] : [],
    ),
  );
  const newRuns = new Map<string, number>();
  const counts = new Map<string, number>();
  const kept: EngineEvent[] = [];
  for (const event of events) {
    const seq = kept.length + 1;
    if (event.type === 'execution.started') kept.push({ ...event, seq });
    if (!('run' in event) || !settled.has(keyOf(event.node, event.run))) continue;
    if (event.type === 'node.started') {
      const run = counts.get(event.node) ?? 0;
      counts.set(event.node, run + 1);
      newRuns.set(keyOf(event.node, event.run), run);
      kept.push({ ...event, seq, run, sources: renumber(event.sources, newRuns) });
    } else if (event.type === 'node.completed' || event.type === 'node.failed') {
      kept.push({ ...event, seq, run: newRuns.get(keyOf(event.node, event.run)) ?? event.run });
    }
  }
  return kept;
}

const keyOf = (node: string, run: number): string => `${node}#${run}`;

const renumber = (sources: InputSources, runs: ReadonlyMap<string, number>): InputSources =>
  Object.fromEntries(
    Object.entries(sources).map(([port, deliveries]) => [
      port,
      deliveries.map((d) => ({ ...d, run: runs.get(keyOf(d.node, d.run)) ?? d.run })),
    ]),
  );
