import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Effect, type Fault, live, type Story } from '#tests/support/faulty-lives.ts';
import { anyGraph, drawnWorkflow } from '#tests/support/random-workflow.ts';
import type { EngineEvent } from './events.ts';
import { reusableEvents } from './history.ts';
import type { Item } from './item.ts';
import type { WorkflowInput } from './workflow.ts';

/**
 * Executions that meet crashes, a journal that refuses, hand-overs, pauses and cancels at random moments, against the
 * same ones without. PROPERTY_RUNS says how many, PROPERTY_SEED repeats those of a failure.
 */
const parameters = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 100),
  ...(process.env.PROPERTY_SEED ? { seed: Number(process.env.PROPERTY_SEED) } : {}),
};

const at = fc.integer({ min: 1, max: 30 });
const kept = fc.double({ min: 0, max: 1, noNaN: true });
const crash = fc.oneof(
  fc.record({ kind: fc.constant('kill' as const), at, kept }),
  fc.record({ kind: fc.constant('refuse' as const), at: fc.integer({ min: 1, max: 8 }), kept }),
);
const request = fc.record({ kind: fc.constantFrom('drain' as const, 'pause' as const), at });
const faults: fc.Arbitrary<Fault[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: crash }, { weight: 1, arbitrary: request }),
  { minLength: 1, maxLength: 6 },
);
const itemCount = fc.integer({ min: 1, max: 3 });

describe('an execution that meets faults', () => {
  it('ends as without them: the same outputs, the same calls to the outside', async () => {
    await fc.assert(
      fc.asyncProperty(drawnWorkflow, itemCount, faults, async (workflow, count, faults) => {
        const story = await live(workflow, count, faults);
        expectSound(story, workflow);
        expectLike(story, await live(workflow, count, []));
      }),
      parameters,
    );
  });

  it('does so too when all its outputs are in the store', async () => {
    await fc.assert(
      fc.asyncProperty(drawnWorkflow, itemCount, faults, async (workflow, count, faults) => {
        const story = await live(workflow, count, faults, { inlineBytes: 0 });
        expectSound(story, workflow);
        expectLike(story, await live(workflow, count, []));
      }),
      parameters,
    );
  });

  it('keeps its promises whatever the graph', async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, itemCount, faults, async (workflow, count, faults) => {
        const story = await live(workflow, count, faults);
        expectSound(story, workflow);
        expectPasses(story.events);
      }),
      parameters,
    );
  });

  it('that failed, and goes on from there once the mistake is repaired, ends like one without the mistake', async () => {
    await fc.assert(
      fc.asyncProperty(drawnWorkflow, itemCount, faults, async (workflow, count, faults) => {
        fc.pre(workflow.nodes!.some(isMistake));
        const failed = await live(workflow, count, []);
        fc.pre(failed.state.status === 'failed');
        const nodes = workflow.nodes!.map((node) => (isMistake(node) ? { ...node, type: 'pass' } : node));
        const repaired = { ...workflow, nodes };
        const history = reusableEvents(failed.events);
        const again = await live(repaired, count, faults, { history });
        expectSound(again, repaired);
        const calm = await live(repaired, count, []);
        expect(again.state.status).toBe(calm.state.status);
        expect(resultsOf(again)).toEqual(resultsOf(calm));
      }),
      parameters,
    );
  });

  it('may be cancelled at any moment, and then starts nothing', async () => {
    const workflow = fc.oneof(drawnWorkflow, anyGraph);
    await fc.assert(
      fc.asyncProperty(
        workflow,
        itemCount,
        faults,
        at,
        fc.nat(6),
        async (workflow, count, faults, at, life) => {
          const story = await live(workflow, count, faults.toSpliced(life, 0, { kind: 'cancel', at }));
          expectSound(story, workflow);
          if (story.state.status !== 'cancelled')
            expect(['completed', 'failed']).toContain(story.state.status);
          if (story.cancelRequested) expect(story.state.status).toBe('cancelled');
        },
      ),
      parameters,
    );
  });
});

const isMistake = (node: Node) => node.type === 'fail' && node.settings?.onError === 'stop';
type Node = NonNullable<WorkflowInput['nodes']>[number];

/** What holds for every execution that has ended, whatever it met. */
function expectSound({ events, effects, state, crashes, violations }: Story, workflow: WorkflowInput): void {
  expect(violations).toEqual([]);
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  const ends = events.filter((e) => ENDS.has(e.type));
  expect(ends).toEqual([events.at(-1)]);

  const started = runsOf(events, 'node.started');
  const settled = runsOf(events, 'node.completed', 'node.failed');
  expect(new Set(started).size).toBe(started.length);
  expect(new Set(settled).size).toBe(settled.length);
  expect(settled.filter((run) => !started.includes(run))).toEqual([]);
  if (state.status === 'completed') expect(settled.toSorted()).toEqual(started.toSorted());
  expect(Object.keys(state.skipped).filter((node) => state.nodes[node])).toEqual([]);
  expectDeliveries(events, workflow, state.status === 'completed');

  for (const tries of Object.values(
    Object.groupBy(
      events.filter((e) => e.type === 'node.retrying'),
      (e) => `${e.node}#${e.run}`,
    ),
  ))
    expect(tries!.map((e) => e.attempt)).toEqual(tries!.map((_, i) => i + 2));

  for (const [key, same] of Object.entries(Object.groupBy(effects, (e) => e.key))) {
    expect(new Set(same!.map((e) => e.payload)), `payloads under ${key}`).toHaveLength(1);
    for (const once of Object.values(Object.groupBy(same!, (e) => e.attempt)))
      expect(once!.length, `calls under ${key}`).toBeLessThanOrEqual(1 + crashes);
  }
}

/** No run begins before its inputs are there; nothing is delivered twice; and in the end nothing was left lying. */
function expectDeliveries(events: readonly EngineEvent[], workflow: WorkflowInput, complete: boolean): void {
  const wires = (workflow.edges ?? []).map(({ from, to }) => ({
    node: from.node,
    port: from.port ?? 'main',
    to: `${to.node}.${to.port}`,
  }));
  const tellsEmpty = workflow.settings?.order === 'breadth-first'; // there, joins hear of branches without items too
  const given = new Set<string>();
  const taken = new Set<string>();
  for (const event of events) {
    if (event.type === 'node.started')
      for (const [port, deliveries] of Object.entries(event.sources))
        for (const from of deliveries) {
          const delivery = `${from.node}#${from.run}.${from.port} > ${event.node}.${port}`;
          expect(given, `before ${event.node}#${event.run}`).toContain(delivery);
          expect(taken, 'taken twice').not.toContain(delivery);
          taken.add(delivery);
        }
    if ((event.type !== 'node.completed' && event.type !== 'node.failed') || !event.outputs) continue;
    for (const { node, port, to } of wires)
      if (node === event.node && (tellsEmpty || (event.outputs[port]?.length ?? 0) > 0))
        given.add(`${node}#${event.run}.${port} > ${to}`);
  }
  if (complete && !tellsEmpty) expect([...given].filter((delivery) => !taken.has(delivery))).toEqual([]);
}

/** Items enter a loop only when those before them have left it. The body of a loop `n5` is the node `body5`. */
function expectPasses(events: readonly EngineEvent[]): void {
  const bodies = new Set(events.flatMap((e) => ('run' in e && e.node.startsWith('body') ? [e.node] : [])));
  const underWay = new Set<string>();
  for (const event of events) {
    if (!('run' in event)) continue;
    const body = `body${event.node.slice(1)}`;
    if (event.type === 'node.started' && bodies.has(body) && event.sources.main?.[0]?.node !== body) {
      expect(underWay, 'items enter during a pass').not.toContain(event.node);
      underWay.add(event.node);
    }
    if (event.type === 'node.completed' && (event.outputs.done?.length ?? 0) > 0) underWay.delete(event.node);
  }
}

function expectLike(story: Story, calm: Story): void {
  expect(story.state.status).toBe(calm.state.status);
  if (calm.state.status !== 'completed') return; // what else had run when the failure came depends on the moment
  expect(resultsOf(story)).toEqual(resultsOf(calm));
  expect(Object.keys(story.state.skipped).sort()).toEqual(Object.keys(calm.state.skipped).sort());
  expect(callsOf(story.effects)).toEqual(callsOf(calm.effects));
}

/**
 * What every run gave. Runs are named by where their input came from, and not by their numbers: branches of a loop that
 * nobody joins overtake each other.
 */
function resultsOf({ state, itemsOf }: Story) {
  const names = new Map<string, string>();
  const nameOf = (node: string, run: number): string => {
    const known = names.get(`${node}#${run}`);
    if (known) return known;
    const sources = Object.entries(state.nodes[node]![run]!.sources).map(
      ([port, list]) => `${port}=${list.map((from) => `${nameOf(from.node, from.run)}.${from.port}`)}`,
    );
    const name = `${node} ${createHash('sha1').update(sources.sort().join(';')).digest('hex')}`;
    names.set(`${node}#${run}`, name);
    return name;
  };
  return Object.fromEntries(
    Object.entries(state.nodes).flatMap(([node, runs]) =>
      runs.map(({ status, outputs }, run) => [
        nameOf(node, run),
        { status, outputs: Object.entries(outputs).map(([port, output]) => [port, dataOf(itemsOf(output))]) },
      ]),
    ),
  );
}

const dataOf = (items: unknown) => (items as Item[]).map(({ json }) => json);

const callsOf = (effects: readonly Effect[]) =>
  [...new Set(effects.map((e) => `${e.key.split(':')[1]} ${e.payload}`))].sort();

const ENDS: ReadonlySet<string> = new Set(['execution.completed', 'execution.failed', 'execution.cancelled']);

const runsOf = (events: readonly EngineEvent[], ...types: EngineEvent['type'][]): string[] =>
  events.flatMap((e) => (types.includes(e.type) && 'run' in e ? [`${e.node}#${e.run}`] : []));
