import type { EngineEvent, EventBody, NodeRunRef } from './events.ts';
import type { Outputs } from './item.ts';
import type { NodeResult, Woken } from './node.ts';
import type { Clock } from './ports.ts';
import type { NodeCall, RunCalls } from './run-options.ts';
import type { ExecutionState, NodeRun } from './state.ts';

type Wait = NonNullable<NodeRun['wait']>;

interface SleepersParts {
  state: ExecutionState;
  clock: Clock;
  /** Aborts when the loop ends: nobody is woken after that. */
  signal: AbortSignal;
  calls: RunCalls | undefined;
  /** Continues a run: executes its node again, or completes it with the outputs that it left. */
  wake(run: NodeRunRef, woken: Woken): void;
}

/** The runs of one execution that wait or will be tried again: each is woken once, at its time or by the call for it. */
export class Sleepers {
  private readonly parts: SleepersParts;
  private readonly asleep = new Map<string, NodeRunRef>();
  /** Woken, and not yet settled or asleep again. */
  private readonly woken = new Set<string>();
  private readonly calls = new Map<string, NodeCall>();
  /** Calls that were handed over: a run that waits again is not woken by the same one. */
  private readonly taken = new Set<string>();

  constructor(parts: SleepersParts) {
    this.parts = parts;
    for (const call of parts.calls?.known ?? []) this.keep(call);
  }

  /** Wakes runs that wait for a call as their calls come in. */
  listen(): void {
    this.parts.calls?.listen((call) => {
      const key = this.keep(call);
      if (key !== null && this.asleep.has(key) && this.waitOf(call)?.call) this.sleep(call);
    });
  }

  /** Folds one event in place, so that asking who sleeps does not look through all runs of a loop. */
  observe(event: EngineEvent): void {
    if (event.type === 'node.waiting' || event.type === 'node.retrying')
      this.asleep.set(keyOf(event), { node: event.node, run: event.run });
    else if ((event.type === 'node.completed' || event.type === 'node.failed') && this.asleep.size > 0)
      this.asleep.delete(keyOf(event));
  }

  /** Those that sleep now, with what they wait for. */
  list(): (NodeRunRef & { wait: Wait })[] {
    return [...this.asleep.values()].flatMap((ref) => {
      const wait = this.waitOf(ref);
      return wait ? [{ ...ref, wait }] : [];
    });
  }

  /**
   * Waits for the time of a run, or for its call. Those that wait for other executions are asked at once, and again on
   * every resume.
   */
  sleep(ref: NodeRunRef): void {
    const key = keyOf(ref);
    const wait = this.waitOf(ref);
    if (!wait) return;
    const call = this.calls.get(key);
    if (wait.call && call && !this.taken.has(key)) {
      this.wake(ref, wokenBy(call));
      return;
    }
    if (wait.call && wait.until === null) return;
    const { clock, signal } = this.parts;
    const delay = wait.until === null ? 0 : wait.until - clock.now();
    // one that is tried again after its call finds the call again
    if (delay <= 0) this.wake(ref, wait.call ? { expired: true } : call ? wokenBy(call) : {});
    else
      void clock.sleep(delay, signal).then(() => {
        // looked at again, since a clock may return early; a signal that fired makes it return at once
        if (!signal.aborted && this.waitOf(ref) === wait) this.sleep(ref);
      });
  }

  /** A run that was woken waits again: with `until` or a call for as long as it says, else until the next resume. */
  again(ref: NodeRunRef): void {
    this.woken.delete(keyOf(ref));
    const wait = this.waitOf(ref);
    if (wait && (wait.until !== null || wait.call)) this.sleep(ref);
  }

  /** What a node's wish to wait is in the journal; null when it waits already for just that. */
  eventOf(ref: NodeRunRef, wait: NonNullable<NodeResult['wait']>, outputs: Outputs): EventBody | null {
    const before = this.waitOf(ref);
    const same =
      before?.until === wait.until &&
      before.call === wait.call &&
      before.executions?.join() === wait.executions?.join();
    if (same) return null;
    return {
      type: 'node.waiting',
      ...ref,
      until: wait.until,
      ...(wait.call ? { call: true } : {}),
      ...(wait.question ? { question: wait.question } : {}),
      ...(wait.form ? { form: wait.form } : {}),
      ...(wait.executions ? { executions: wait.executions } : {}),
      ...(wait.completeWithOutputs ? { outputs } : {}),
    };
  }

  /** Who is about to be told that nobody called is told of a call that came first after all. */
  async lastCall(ref: NodeRunRef): Promise<Woken> {
    const key = keyOf(ref);
    const late = this.calls.get(key) ?? (await this.parts.calls?.expire?.(ref));
    if (!late || this.taken.has(key)) return { expired: true };
    this.keep(late);
    this.taken.add(key);
    return wokenBy(late);
  }

  private wake(ref: NodeRunRef, woken: Woken): void {
    const key = keyOf(ref);
    if (this.parts.signal.aborted || this.woken.has(key)) return;
    this.woken.add(key);
    if (woken.call) this.taken.add(key);
    this.parts.wake(ref, woken);
  }

  /** The first call for a run counts; the same one told twice is one. Null: nothing new. */
  private keep(call: NodeCall): string | null {
    const key = keyOf(call);
    if (this.calls.has(key)) return null;
    this.calls.set(key, call);
    return key;
  }

  private waitOf({ node, run }: NodeRunRef): Wait | undefined {
    return this.parts.state.nodes[node]?.[run]?.wait;
  }
}

const wokenBy = ({ data, at }: NodeCall): Woken => ({ call: { data, at } });

const keyOf = ({ node, run }: NodeRunRef): string => `${node}#${run}`;
