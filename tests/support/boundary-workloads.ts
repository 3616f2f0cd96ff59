import { getPool } from '#server/db.ts';
import type { Accepted } from '#server/executions/accept.ts';
import type { Person } from './people.ts';
import type { Sink } from './sink.ts';
import { edges, node, post } from './workflows.ts';
import { createStarter, createWorkflow, twoWrites } from './workload.ts';

/** A workflow whose every commit is a place to die at. */
export interface BoundaryWorkload {
  name: string;
  start(): Promise<Accepted>;
  /** The keys of the writes that one execution makes, in order; a planned retry comes twice. */
  keysOf(executionId: string): Promise<string[]>;
}

/** The sink must answer the first call of this path with 503. */
export const FLAKY = '/flaky/first';

const keys =
  (...writes: string[]) =>
  async (id: string) =>
    writes.map((write) => `${id}:${write}`);

export async function plain(person: Person, sink: Sink): Promise<BoundaryWorkload> {
  const start = await createStarter(person, twoWrites(sink, 'plain'));
  return { name: 'two writes', start: () => start(), keysOf: keys('first:0:0', 'second:0:0') };
}

/** Sleeps for longer than a worker keeps it in memory. */
export async function waiting(person: Person, sink: Sink): Promise<BoundaryWorkload> {
  const start = await createStarter(person, {
    name: 'waiting',
    nodes: [
      node('start', 'manual-trigger'),
      post('first', `${sink.url}/waiting/first`),
      node('wait', 'wait', { amount: 5.2, unit: 'seconds' }),
      post('second', `${sink.url}/waiting/second`),
    ],
    edges: edges('start>first', 'first>wait', 'wait>second'),
  });
  return { name: 'a wait between two writes', start: () => start(), keysOf: keys('first:0:0', 'second:0:0') };
}

export async function looping(person: Person, sink: Sink): Promise<BoundaryWorkload> {
  const start = await createStarter(
    person,
    {
      name: 'looping',
      nodes: [
        node('start', 'manual-trigger'),
        node('each', 'loop', { batchSize: 1 }),
        post('write', `${sink.url}/looping/write`),
        post('last', `${sink.url}/looping/last`, { settings: { executeOnce: true } }),
      ],
      edges: edges('start>each', 'each.loop>write', 'write>each', 'each.done>last'),
    },
    [1, 2, 3].map((n) => ({ json: { n } })),
  );
  return {
    name: 'a loop with a write in each pass',
    start: () => start(),
    keysOf: keys('write:0:0', 'write:1:0', 'write:2:0', 'last:0:0'),
  };
}

export async function nested(person: Person, sink: Sink): Promise<BoundaryWorkload> {
  const child = await createWorkflow(person, {
    name: 'child',
    nodes: [node('called', 'sub-workflow-trigger'), post('inner', `${sink.url}/nested/inner`)],
    edges: edges('called>inner'),
  });
  const start = await createStarter(person, {
    name: 'parent',
    nodes: [
      node('start', 'manual-trigger'),
      post('first', `${sink.url}/nested/first`),
      node('sub', 'execute-workflow', { workflowId: child.workflowId }),
      post('second', `${sink.url}/nested/second`),
    ],
    edges: edges('start>first', 'first>sub', 'sub>second'),
  });
  return {
    name: 'a sub-workflow between two writes',
    start: () => start(),
    async keysOf(id) {
      const { rows } = await getPool().query<{ id: string }>(
        'select id from execution where parent_id = $1',
        [id],
      );
      return [`${id}:first:0:0`, ...rows.map((row) => `${row.id}:inner:0:0`), `${id}:second:0:0`];
    },
  };
}

export async function retrying(person: Person, sink: Sink): Promise<BoundaryWorkload> {
  const start = await createStarter(person, {
    name: 'retrying',
    nodes: [
      node('start', 'manual-trigger'),
      post('first', `${sink.url}${FLAKY}`, { settings: { retry: { maxAttempts: 3, delayMs: 100 } } }),
      post('second', `${sink.url}/flaky/second`),
    ],
    edges: edges('start>first', 'first>second'),
  });
  return {
    name: 'a write that is tried again after a 503',
    start: () => start(),
    keysOf: keys('first:0:0', 'first:0:0', 'second:0:0'),
  };
}
