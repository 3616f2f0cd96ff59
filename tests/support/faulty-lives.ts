import { isDeepStrictEqual } from 'node:util';
import type { EngineEvent, NodeRunRef } from '#engine/events.ts';
import type { Output } from '#engine/item.ts';
import type { Journal } from '#engine/ports.ts';
import { run } from '#engine/run.ts';
import { type ExecutionState, initialState, isTerminal, reduce } from '#engine/state.ts';
import { memoryStore, testRun } from '#engine/testing.ts';
import type { WorkflowInput } from '#engine/workflow.ts';
import { randomNodes } from './random-nodes.ts';

/** What happens to one life of an execution, that is, to a process that runs it for a while. `at` counts from 1 in that life. */
export type Fault =
  /** Killed at its nth event. Of what was not yet durable, the part `kept` (0 to 1) has reached the disk all the same. */
  | { kind: 'kill'; at: number; kept: number }
  /** The journal refuses its nth checkpoint: the lease is lost, or the answer to the last statement was. */
  | { kind: 'refuse'; at: number; kept: number }
  /** Somebody asks for it at its nth event. */
  | { kind: 'drain' | 'pause' | 'cancel'; at: number };

/** A call that reached the outside. */
export interface Effect {
  key: string;
  attempt: number;
  payload: string;
}

export interface Story {
  /** The journal as the database has it. */
  events: EngineEvent[];
  effects: Effect[];
  state: ExecutionState;
  /** Lives that were cut off. */
  crashes: number;
  cancelRequested: boolean;
  /** What must never happen and did. */
  violations: string[];
  itemsOf(output: Output): unknown;
}

/** Far more lives than faults and long waits can ask for. */
const MAX_LIVES = 500;
/** Of real time; a life takes milliseconds. */
const HANGS_AFTER_MS = 3_000;

/**
 * Runs an execution through one life after the other until it ends: each meets one of the faults, as long as there are
 * some, and goes on from what the lives before it left in the journal. Rejects when it does not end.
 */
export async function live(
  workflow: WorkflowInput,
  itemCount: number,
  faults: readonly Fault[],
  { inlineBytes = Number.MAX_SAFE_INTEGER, history = [] as EngineEvent[] } = {},
): Promise<Story> {
  const store = memoryStore({ inlineBytes });
  const story: Story = {
    events: [...history],
    effects: [],
    state: initialState(),
    crashes: 0,
    cancelRequested: false,
    violations: [],
    itemsOf: (output) => (Array.isArray(output) ? output : JSON.parse(store.texts.get(output.stored)!)),
  };
  const items = Array.from({ length: itemCount }, (_, n) => ({ json: { n, trail: '' } }));
  let time = 1_000_000;
  let pauseRequested = false;
  for (let n = 0; n < MAX_LIVES; n++) {
    const life = new Life(story, faults[n]);
    const { setup, ports, startNodeId } = testRun(workflow, randomNodes(life.record), items);
    const { clock } = ports;
    clock.time = time;
    const services = { ...ports.services, now: clock.now };
    const { cancel, pause, drain } = life.requests;
    if (story.cancelRequested) cancel.abort();
    if (pauseRequested) pause.abort();
    const ended = await orHang(
      run(
        setup,
        { ...ports, services, journal: life, outputs: store.outputs },
        {
          startNodeId,
          history: copy(story.events),
          cancel: cancel.signal,
          pause: pause.signal,
          drain: drain.signal,
        },
      ).catch((error: unknown) => life.explain(error)),
    );
    life.over = true;
    time = clock.time;
    story.state = story.events.reduce(reduce, initialState());
    if (ended && !isDeepStrictEqual(copy(ended.state), copy(story.state)))
      story.violations.push(`life ${n + 1} ended in a state that its journal does not tell`);
    if (isTerminal(story.state.status)) return story;
    story.cancelRequested = cancel.signal.aborted; // a request outlives the process that it reached
    pauseRequested = pause.signal.aborted && ended?.outcome.status !== 'paused';
    if (ended?.outcome.status === 'waiting') {
      if (ended.outcome.until === null) throw new Error('It waits for nothing.');
      time = Math.max(time, ended.outcome.until);
    }
  }
  throw new Error(`It has not ended after ${MAX_LIVES} lives.`);
}

/** One process: the journal of its run, and the outside that its nodes see. */
class Life implements Journal {
  readonly requests = {
    cancel: new AbortController(),
    pause: new AbortController(),
    drain: new AbortController(),
  };
  /** Nothing that it still does counts. */
  over = false;
  private readonly story: Story;
  private readonly fault: Fault | undefined;
  private pending: EngineEvent[] = [];
  private writing: Promise<void> = Promise.resolve();
  private dead = false;
  private appended = 0;
  private checkpoints = 0;

  constructor(story: Story, fault: Fault | undefined) {
    this.story = story;
    this.fault = fault;
  }

  append(events: EngineEvent[]): void {
    for (const event of events) {
      if (this.dead) return;
      this.pending.push(event);
      const asked = Object.entries(this.requests).find(([, { signal }]) => signal.aborted)?.[0];
      if (asked && event.type === 'node.started')
        this.story.violations.push(`${event.node} started after the request to ${asked}`);
      if (++this.appended !== this.fault?.at || this.fault.kind === 'refuse') continue;
      if (this.fault.kind === 'kill') this.die(this.fault.kept);
      else {
        const request = this.requests[this.fault.kind];
        queueMicrotask(() => request.abort()); // it comes from outside, never in the middle of an event
      }
    }
  }

  checkpoint(): Promise<void> {
    this.writing = this.writing.then(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.fault?.kind === 'refuse' && ++this.checkpoints === this.fault.at) this.die(this.fault.kept);
      if (this.dead) throw LOST;
      this.story.events.push(...copy(this.pending.splice(0)));
    });
    return this.writing;
  }

  /** What a node does outside. A killed process does nothing more; one that lost its lease does not know it yet. */
  readonly record = (effect: Effect, { node, run }: NodeRunRef): void => {
    if (this.over || (this.dead && this.fault?.kind === 'kill')) return;
    this.story.effects.push(effect);
    const known = this.story.events.filter((e) => 'run' in e && e.node === node && e.run === run);
    if (known.length === 0) this.story.violations.push(`${node}#${run} wrote before its start was durable`);
    if (known.some((e) => e.type === 'node.completed' || e.type === 'node.failed'))
      this.story.violations.push(`${node}#${run} was durable and wrote again`);
  };

  /** A run may reject only because of its journal. */
  explain(error: unknown): null {
    if (error !== LOST) this.story.violations.push(`run rejected with ${String(error)}`);
    return null;
  }

  private die(kept: number): void {
    if (this.dead) return;
    this.dead = true;
    this.story.crashes++;
    const left = this.pending.splice(0);
    this.story.events.push(...copy(left.slice(0, Math.round(kept * left.length))));
  }
}

const LOST = new Error('This process has lost the execution.');

/** What comes back from a database shares nothing with what went in. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

async function orHang<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('A life hangs.')), HANGS_AFTER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
