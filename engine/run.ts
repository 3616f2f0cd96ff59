import { Breather } from './breather.ts';
import { deadlineOf, ENDED } from './deadline.ts';
import { NodeError, type NodeErrorData, toNodeErrorData } from './errors.ts';
import type { EngineEvent, EventBody, NodeRunRef } from './events.ts';
import type { Outputs, PortItems } from './item.ts';
import { LargeOutputs } from './large-outputs.ts';
import type { Woken } from './node.ts';
import { type AttemptResult, attemptNode, outputsAfterFailure } from './node-run.ts';
import type { RunPorts } from './ports.ts';
import { retryDelayMs } from './retry.ts';
import { activeMsOf, type RunOptions, type RunOutcome } from './run-options.ts';
import { type RunSetup, withResumeUrl } from './run-setup.ts';
import { createSchedule, next, observe, type PendingRun, type Schedule, unreachable } from './schedule.ts';
import { Sleepers } from './sleepers.ts';
import { apply, type ExecutionState, initialState, isTerminal } from './state.ts';

/** Waits up to this long are slept through in memory; longer ones give the slot back. */
export const SHORT_WAIT_MS = 5_000;
/** A guard against circles that never end; far above what a real workflow needs. */
export const MAX_NODE_RUNS = 200_000;
const ABORT_GRACE_MS = 5_000;

/** Runs an execution from where its history ends until it ends, waits or is released. Rejects only if the journal does. */
export async function run(
  setup: RunSetup,
  ports: RunPorts,
  options: RunOptions,
): Promise<{ outcome: RunOutcome; state: ExecutionState }> {
  const loop = new RunLoop(setup, ports, options);
  const outcome = await loop.go();
  return { outcome, state: loop.state };
}

interface Stop {
  kind: 'failed' | 'cancelled';
  error?: NodeErrorData;
  node?: string;
  reason?: 'node' | 'timeout';
}

class RunLoop {
  readonly state: ExecutionState = initialState();
  private readonly schedule: Schedule;
  private readonly setup: RunSetup;
  private readonly ports: RunPorts;
  private readonly options: RunOptions;
  private readonly abort = new AbortController();
  private readonly sleepers: Sleepers;
  /** Resolves when something happened that the loop must look at. */
  private bell = Promise.withResolvers<void>();
  private inFlight = 0;
  private stop: Stop | null = null;
  /** The journal refused: this process no longer owns the execution. */
  private lost: unknown = null;
  private started = 0;
  /** Time already spent running; what was slept through in the database does not count against the time limit. */
  private readonly activeMs: number;
  private readonly breather: Breather;
  private readonly large: LargeOutputs;

  constructor(setup: RunSetup, ports: RunPorts, options: RunOptions) {
    this.setup = withResumeUrl(setup);
    this.ports = ports;
    this.options = options;
    this.schedule = createSchedule(setup.graph, options.startNodeId);
    this.sleepers = new Sleepers({
      state: this.state,
      clock: ports.clock,
      signal: this.abort.signal,
      calls: options.calls,
      wake: (run, woken) => this.wake(run, woken),
    });
    this.large = new LargeOutputs(ports, setup.execution.id, this.state, this.schedule);
    for (const event of options.history ?? []) this.fold(event);
    this.activeMs = activeMsOf(options.history ?? []);
    this.breather = new Breather(ports.clock);
  }

  async go(): Promise<RunOutcome> {
    const cancelled = () => this.halt({ kind: 'cancelled' });
    const drained = () => this.ring();
    const { cancel, pause, drain } = this.options;
    cancel?.addEventListener('abort', cancelled, { once: true });
    pause?.addEventListener('abort', drained, { once: true });
    drain?.addEventListener('abort', drained, { once: true });
    try {
      this.emit({ type: this.state.status === 'queued' ? 'execution.started' : 'execution.resumed' });
      if (cancel?.aborted) cancelled();
      this.resumeFailure();
      this.watchTimeout();
      this.sleepers.listen();
      this.resumeUnfinished();
      return await this.loop();
    } finally {
      cancel?.removeEventListener('abort', cancelled);
      pause?.removeEventListener('abort', drained);
      drain?.removeEventListener('abort', drained);
      this.abort.abort(ENDED);
    }
  }

  private async loop(): Promise<RunOutcome> {
    for (;;) {
      if (this.lost) throw this.lost;
      if (this.stop) return this.finishStopped(this.stop);
      const pausing = this.options.pause?.aborted ?? false;
      const draining = this.options.drain?.aborted ?? false;
      if (!draining && !pausing) for (const pending of next(this.schedule)) this.start(pending);
      if (this.inFlight === 0) {
        const outcome = pausing
          ? this.pause()
          : draining
            ? ({ status: 'released' } as const)
            : await this.whenIdle();
        if (outcome) {
          this.abort.abort(ENDED); // nobody is woken while the end is written
          await this.ports.journal.checkpoint();
          return outcome;
        }
      }
      await this.bell.promise;
      this.bell = Promise.withResolvers();
      const pause = this.breather.pause();
      if (pause) await pause;
    }
  }

  /** Nothing runs: either something sleeps, or the end has come. Null: look again. */
  private async whenIdle(): Promise<RunOutcome | null> {
    if (next(this.schedule).length > 0) return this.ring();
    const sleepers = this.sleepers.list();
    if (sleepers.length === 0) {
      const reached = this.setup.graph.descendants(this.options.startNodeId);
      this.skip([...reached].filter((id) => !this.state.nodes[id]));
      this.emit({ type: 'execution.completed' });
      return { status: 'completed' };
    }
    const times = sleepers.flatMap((s) => (s.wait.until === null ? [] : [s.wait.until]));
    const until = times.length > 0 ? Math.min(...times) : null;
    if (until !== null && until - this.ports.clock.now() <= SHORT_WAIT_MS) return null; // its timer is already set
    const executions = sleepers.flatMap((s) => s.wait.executions ?? []);
    this.emit({ type: 'execution.waiting', until });
    return { status: 'waiting', until, executions };
  }

  private pause(): RunOutcome {
    this.emit({ type: 'execution.paused' });
    return { status: 'paused' };
  }

  /** The process went away between the failure of a node and the end that it brings. */
  private resumeFailure(): void {
    const failed = this.options.history?.find((e) => e.type === 'node.failed' && !e.outputs);
    if (failed?.type === 'node.failed')
      this.halt({ kind: 'failed', error: failed.error, node: failed.node, reason: 'node' });
  }

  /** After a restart: nodes that were under way run again, sleepers whose time has come go on. */
  private resumeUnfinished(): void {
    for (const node of [...this.schedule.active.keys()]) {
      for (const [run, record] of (this.state.nodes[node] ?? []).entries()) {
        if (record.status === 'running') this.execute(node, run, record.attempt);
        else if (record.wait) this.sleepers.sleep({ node, run });
      }
    }
  }

  private wake({ node, run }: NodeRunRef, woken: Woken): void {
    const { wait, attempt } = this.state.nodes[node]![run]!;
    if (!wait?.outputs) {
      this.execute(node, run, attempt, woken);
      return;
    }
    const durationMs = this.elapsed(node, run);
    this.emit({ type: 'node.completed', node, run, outputs: wait.outputs, durationMs });
    this.ring();
  }

  private start(pending: PendingRun): void {
    const run = this.state.nodes[pending.node]?.length ?? 0;
    if (++this.started > MAX_NODE_RUNS) {
      const { name } = this.setup.graph.nodes.get(pending.node)!.node;
      const error = new NodeError(
        'limit',
        `Stopped after ${MAX_NODE_RUNS} node runs: “${name}” seems to run in an endless circle.`,
      );
      this.halt({ kind: 'failed', error: error.data, node: pending.node, reason: 'node' });
      return;
    }
    this.emit({ type: 'node.started', node: pending.node, run, sources: pending.sources, attempt: 1 });
    this.execute(pending.node, run, 1);
  }

  private execute(node: string, run: number, attempt: number, woken?: Woken): void {
    if (this.stop) return;
    this.inFlight++;
    void this.work(node, run, attempt, woken)
      .catch((error: unknown) => {
        this.lost ??= error;
      })
      .finally(() => {
        this.inFlight--;
        this.ring();
      });
  }

  private async work(node: string, run: number, attempt: number, woken?: Woken): Promise<void> {
    const entry = this.setup.graph.nodes.get(node)!;
    const effect =
      entry.node.disabled || this.setup.pinned[node] ? 'pure' : entry.spec.effect(entry.node.parameters);
    if (effect === 'write') await this.ports.journal.checkpoint(); // its start and all it depends on are durable first
    const why = woken?.expired ? await this.sleepers.lastCall({ node, run }) : woken;
    const record = this.state.nodes[node]![run]!;
    const began = record.status === 'waiting' ? record.startedAt : this.ports.clock.now();
    const deadline = deadlineOf(entry.node, this.ports.clock, this.abort.signal);
    const loopStart = this.schedule.loopStart.get(node);
    const done = await attemptNode(this.setup, this.state, this.ports, {
      nodeId: node,
      run,
      attempt,
      loopStart,
      ...(why ? { woken: why } : {}),
      signal: deadline?.signal ?? this.abort.signal,
      breather: this.breather,
      large: this.large,
    });
    deadline?.clear();
    await this.settle(node, run, attempt, done, this.ports.clock.now() - began);
    this.large.release();
    // an answer goes out once it is durable, and somebody waits for it
    const responds = 'result' in done && done.result.response !== undefined;
    if (effect === 'write' || responds) await this.ports.journal.checkpoint();
  }

  private async settle(
    node: string,
    run: number,
    attempt: number,
    done: AttemptResult & { inputs: PortItems },
    durationMs: number,
  ): Promise<void> {
    const logs = done.logs.length > 0 ? { logs: done.logs } : {};
    if ('result' in done) {
      const { outputs, wait, response } = done.result;
      if (wait) {
        const waiting = this.sleepers.eventOf({ node, run }, wait, outputs);
        if (waiting) this.emit(waiting);
        this.sleepers.again({ node, run });
      } else {
        const pinned = this.setup.pinned[node] ? { pinned: true } : {};
        this.emit({
          type: 'node.completed',
          node,
          run,
          outputs,
          durationMs,
          ...(response ? { response } : {}),
          ...logs,
          ...pinned,
        });
        this.skipUntaken(node, outputs);
      }
      return;
    }
    const entry = this.setup.graph.nodes.get(node)!;
    const cause = toNodeErrorData(done.thrown);
    const delay = this.stop
      ? null
      : retryDelayMs(entry.node.settings.retry, cause, attempt, this.ports.random);
    if (delay !== null) {
      const resumeAt = this.ports.clock.now() + delay;
      this.emit({ type: 'node.retrying', node, run, attempt: attempt + 1, resumeAt, error: cause });
      this.sleepers.again({ node, run });
      return;
    }
    const after = this.stop ? null : outputsAfterFailure(entry, done.inputs, done.thrown);
    const { outputs, error } = after
      ? await this.large.keepAfter(cause, { node, run }, after, this.abort.signal)
      : { outputs: null, error: cause };
    this.emit({
      type: 'node.failed',
      node,
      run,
      error,
      durationMs,
      ...logs,
      ...(outputs ? { outputs } : {}),
    });
    if (outputs) this.skipUntaken(node, outputs);
    else this.halt({ kind: 'failed', error, node, reason: 'node' });
  }

  private elapsed(node: string, run: number): number {
    return this.ports.clock.now() - this.state.nodes[node]![run]!.startedAt;
  }

  private watchTimeout(): void {
    const { timeoutMs } = this.setup.graph.workflow.settings;
    if (timeoutMs <= 0) return;
    const expire = () => {
      if (this.abort.signal.aborted) return;
      const error = new NodeError('timeout', `The execution took longer than its limit of ${timeoutMs} ms.`, {
        retryable: false,
      });
      this.halt({ kind: 'failed', error: error.data, reason: 'timeout' });
    };
    void this.ports.clock.sleep(Math.max(0, timeoutMs - this.activeMs), this.abort.signal).then(expire);
  }

  private halt(stop: Stop): void {
    if (this.stop) return;
    this.stop = stop;
    const why =
      stop.kind === 'cancelled' ? 'The execution was cancelled.' : 'Stopped, because the execution failed.';
    this.abort.abort(new NodeError('stopped', why));
    this.ring();
  }

  private async finishStopped(stop: Stop): Promise<RunOutcome> {
    const patience = new AbortController();
    const graceOver = this.ports.clock.sleep(ABORT_GRACE_MS, patience.signal);
    let waiting = true;
    void graceOver.then(() => {
      waiting = false;
      this.ring();
    });
    while (this.inFlight > 0 && waiting) {
      await this.bell.promise;
      this.bell = Promise.withResolvers();
    }
    patience.abort(ENDED);
    if (this.lost) throw this.lost;
    if (stop.kind === 'cancelled') this.emit({ type: 'execution.cancelled' });
    else {
      this.emit({
        type: 'execution.failed',
        error: stop.error!,
        ...(stop.node !== undefined ? { node: stop.node } : {}),
        ...(stop.reason ? { reason: stop.reason } : {}),
      });
    }
    await this.ports.journal.checkpoint();
    return { status: stop.reason === 'timeout' ? 'timeout' : stop.kind };
  }

  /** Marks nodes that can get no items any more, once a connected port of `node` gave none. */
  private skipUntaken(node: string, outputs: Outputs): void {
    // there a join may still have them run
    if (this.setup.graph.workflow.settings.order === 'breadth-first') return;
    const untaken: string[] = [];
    for (const [port, edges] of this.setup.graph.nodes.get(node)!.out) {
      if ((outputs[port]?.length ?? 0) > 0) continue;
      for (const edge of edges) untaken.push(edge.to, ...this.setup.graph.descendants(edge.to));
    }
    if (untaken.length > 0) this.skip(unreachable(this.schedule, new Set(untaken)));
  }

  private skip(ids: readonly string[]): void {
    for (const node of ids) {
      if (!this.state.nodes[node] && !this.state.skipped[node]) this.emit({ type: 'node.skipped', node });
    }
  }

  private emit(body: EventBody): void {
    if (isTerminal(this.state.status)) return; // from a node that was left behind, since it did not listen
    const event = { ...body, seq: this.state.seq + 1, at: this.ports.clock.now() } as EngineEvent;
    this.fold(event);
    this.ports.journal.append([event]);
  }

  private fold(event: EngineEvent): void {
    apply(this.state, event);
    observe(this.schedule, event);
    this.sleepers.observe(event);
    this.large.observe(event);
  }

  private ring(): null {
    this.bell.resolve();
    return null;
  }
}
