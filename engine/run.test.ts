import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import type { Item } from './item.ts';
import type { NodeResult } from './node.ts';
import { run } from './run.ts';
import { initialState, reduce } from './state.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

const numbers = (...values: number[]): Item[] => values.map((n) => ({ json: { n } }));
const types: Record<string, TestNode> = {
  start: { trigger: true },
  pass: {},
  add: {
    execute: ({ items }) => ({
      outputs: { main: items.map((i) => ({ json: { n: (i.json.n as number) + 1 } })) },
    }),
  },
  if: {
    cycle: 'branch',
    outputs: ['true', 'false'],
    execute: ({ items }) => ({
      outputs: {
        true: items.filter((i) => (i.json.n as number) > 2),
        false: items.filter((i) => (i.json.n as number) <= 2),
      },
    }),
  },
  merge: {
    inputs: ['input1', 'input2'],
    execute: ({ inputs }) => ({ outputs: { main: [...(inputs.input1 ?? []), ...(inputs.input2 ?? [])] } }),
  },
  loop: {
    cycle: 'loop',
    outputs: ['done', 'loop'],
    execute: async ({ loop }): Promise<NodeResult> => {
      const batch = loop!.entered.slice(loop!.iteration, loop!.iteration + 1);
      return { outputs: batch.length > 0 ? { loop: batch } : { done: await loop!.returned() } };
    },
  },
  fail: { execute: () => Promise.reject(new NodeError('upstream', 'down')) },
};
const go = async (test: ReturnType<typeof testRun>, more: object = {}) =>
  run(test.setup, test.ports, { startNodeId: test.startNodeId, ...more });

describe('run', () => {
  it('hands items along a chain and completes', async () => {
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', a: 'add', b: 'add' }), edges: edges('s>a', 'a>b') },
      types,
      numbers(1),
    );
    const { outcome, state } = await go(test);
    expect(outcome.status).toBe('completed');
    expect(state.nodes.b![0]!.outputs.main).toEqual([{ json: { n: 3 }, source: { item: 0 } }]);
  });

  it('folds its own journal to the same state that it ended with', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', a: 'add', i: 'if', x: 'pass', y: 'pass' }),
        edges: edges('s>a', 'a>i', 'i.true>x', 'i.false>y'),
      },
      types,
      numbers(1, 5),
    );
    const { state } = await go(test);
    expect(test.events.reduce(reduce, initialState())).toEqual(state);
  });

  it('runs ready branches at the same time', async () => {
    let running = 0;
    let most = 0;
    const slow: TestNode = {
      execute: async ({ items }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return { outputs: { main: items } };
      },
    };
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', a: 'slow', b: 'slow', c: 'slow' }),
        edges: edges('s>a', 's>b', 's>c'),
      },
      { ...types, slow },
    );
    await go(test);
    expect(most).toBe(3);
  });

  it('runs one branch to its end before the next in sequential order, top-most first', async () => {
    const at = (x: number, y: number) => ({ position: { x, y } });
    const test = testRun(
      {
        name: 'w',
        settings: { order: 'sequential' },
        nodes: nodes(
          { s: 'start', low: 'pass', low2: 'pass', high: 'pass', high2: 'pass' },
          { low: at(1, 200), low2: at(2, 200), high: at(1, 100), high2: at(2, 100) },
        ),
        edges: edges('s>low', 's>high', 'low>low2', 'high>high2'),
      },
      types,
    );
    await go(test);
    const order = test.events.flatMap((e) => (e.type === 'node.started' ? [e.node] : []));
    expect(order).toEqual(['s', 'high', 'high2', 'low', 'low2']);
  });

  it('skips the branch that was not taken, and what only it leads to', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', i: 'if', x: 'pass', y: 'pass', z: 'pass' }),
        edges: edges('s>i', 'i.true>x', 'i.false>y', 'y>z'),
      },
      types,
      numbers(5),
    );
    const { state } = await go(test);
    expect(state.nodes.x).toHaveLength(1);
    expect(Object.keys(state.skipped).sort()).toEqual(['y', 'z']);
  });

  it('joins both branches of an if once, whichever was taken', async () => {
    for (const n of [1, 5]) {
      const test = testRun(
        {
          name: 'w',
          nodes: nodes({ s: 'start', i: 'if', x: 'pass', y: 'pass', m: 'merge' }),
          edges: edges('s>i', 'i.true>x', 'i.false>y', 'x>m.input1', 'y>m.input2'),
        },
        types,
        numbers(n),
      );
      const { state } = await go(test);
      expect(state.nodes.m).toHaveLength(1);
      expect(state.nodes.m![0]!.outputs.main).toHaveLength(1);
    }
  });

  it('lets a join wait for the longer branch', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', a: 'pass', b: 'pass', c: 'pass', m: 'merge' }),
        edges: edges('s>m.input1', 's>a', 'a>b', 'b>c', 'c>m.input2'),
      },
      types,
      numbers(1),
    );
    const { state } = await go(test);
    expect(state.nodes.m![0]!.outputs.main).toHaveLength(2);
  });

  it('loops item by item and gives everything that came back at the end', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', l: 'loop', a: 'add', d: 'pass' }),
        edges: edges('s>l', 'l.loop>a', 'a>l', 'l.done>d'),
      },
      types,
      numbers(1, 2, 3),
    );
    const { state } = await go(test);
    expect(state.nodes.l).toHaveLength(4);
    expect(given(state, 'd').map((i) => i.json.n)).toEqual([2, 3, 4]);
  });

  it('starts an inner loop anew for every pass of the outer one', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', o: 'loop', two: 'two', i: 'loop', a: 'add', d: 'pass' }),
        edges: edges('s>o', 'o.loop>two', 'two>i', 'i.loop>a', 'a>i', 'i.done>o', 'o.done>d'),
      },
      { ...types, two: { execute: ({ items }) => ({ outputs: { main: [...items, ...items] } }) } },
      numbers(10, 20),
    );
    const { state } = await go(test);
    expect(given(state, 'd').map((i) => i.json.n)).toEqual([11, 11, 21, 21]);
  });

  it('stops the other branches when a node fails', async () => {
    let aborted = false;
    const hang: TestNode = {
      execute: ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(signal.reason);
          }),
        ),
    };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', f: 'fail', h: 'hang' }), edges: edges('s>f', 's>h') },
      { ...types, hang },
    );
    const { outcome, state } = await go(test);
    expect(outcome.status).toBe('failed');
    expect(aborted).toBe(true);
    expect(state.error?.message).toBe('down');
    expect(state.failedNode).toBe('f');
  });

  it('goes on with the error as data when the node says continue, and by the error port when it has one', async () => {
    const settings = (onError: string) => ({ f: { settings: { onError } } });
    const cont = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', f: 'fail', x: 'pass' }, settings('continue')),
        edges: edges('s>f', 'f>x'),
      },
      types,
      numbers(1),
    );
    expect(given((await go(cont)).state, 'x')[0]!.json).toEqual({ n: 1, error: 'down' });
    const pass = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', f: 'fail', x: 'pass' }, settings('pass')),
        edges: edges('s>f', 'f>x'),
      },
      types,
      numbers(1),
    );
    expect(given((await go(pass)).state, 'x').map((item) => item.json)).toEqual([{ n: 1 }]);
    const port = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', f: 'fail', x: 'pass', e: 'pass' }, settings('error-port')),
        edges: edges('s>f', 'f>x', 'f.error>e'),
      },
      types,
      numbers(1),
    );
    const { state, outcome } = await go(port);
    expect(outcome.status).toBe('completed');
    expect(given(state, 'e')[0]!.json.error).toBe('down');
    expect(state.skipped.x).toBe(true);
  });

  it.each([
    ['continue', 'f>x'],
    ['error-port', 'f.error>x'],
  ])('tells once of the failure of a node that takes all items together: %s', async (onError, edge) => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', f: 'whole', x: 'pass' }, { f: { settings: { onError } } }),
        edges: edges('s>f', edge),
      },
      { ...types, whole: { ...types.fail, together: true } },
      numbers(1, 2, 3),
    );
    const { state } = await go(test);
    expect(state.nodes.f![0]!.outputs[onError === 'continue' ? 'main' : 'error']).toEqual([
      { json: { error: 'down' }, source: { item: 0 } },
    ]);
    expect(given(state, 'x')).toHaveLength(1);
  });

  it('tries again what may be retried, and no more often than it is told', async () => {
    let calls = 0;
    const flaky: TestNode = {
      execute: () =>
        ++calls < 3 ? Promise.reject(new NodeError('upstream', 'down')) : { outputs: { main: [] } },
    };
    const retry = { f: { settings: { retry: { maxAttempts: 3, delayMs: 60_000 } } } };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', f: 'flaky' }, retry), edges: edges('s>f') },
      { ...types, flaky },
    );
    const first = await go(test);
    expect(first.outcome).toMatchObject({ status: 'waiting', executions: [] }); // a minute is slept in the database
    test.ports.clock.time += 120_000;
    const second = await go(test, { history: [...test.events] });
    expect(second.outcome.status).toBe('waiting');
    test.ports.clock.time += 120_000;
    expect((await go(test, { history: [...test.events] })).outcome.status).toBe('completed');
    expect(calls).toBe(3);
  });

  it('checkpoints before and after a write and only there and at the end', async () => {
    const durable: Record<string, number> = {};
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', a: 'add', w: 'write', b: 'add' }),
        edges: edges('s>a', 'a>w', 'w>b'),
      },
      {
        ...types,
        write: {
          effect: 'write',
          execute: ({ items }) => {
            durable.atWrite = test.checkpoints.at(-1) ?? 0;
            return { outputs: { main: items } };
          },
        },
      },
      numbers(1),
    );
    await go(test);
    const startOfWrite = test.events.findIndex((e) => e.type === 'node.started' && e.node === 'w');
    expect(durable.atWrite).toBe(startOfWrite + 1);
    expect(test.checkpoints).toHaveLength(3);
  });

  it('does not run a finished write again after a crash at any checkpoint', async () => {
    const types2 = (log: string[]): Record<string, TestNode> => ({
      ...types,
      write: {
        effect: 'write',
        execute: ({ items, node }) => {
          log.push(node.id);
          return { outputs: { main: items } };
        },
      },
    });
    const file = {
      name: 'w',
      nodes: nodes({ s: 'start', a: 'write', b: 'add', c: 'write', d: 'write' }),
      edges: edges('s>a', 'a>b', 'b>c', 'b>d'),
    };
    const whole = testRun(file, types2([]), numbers(1));
    await go(whole);
    for (const length of [0, ...whole.checkpoints]) {
      const history = whole.events.slice(0, length);
      const done = new Set(history.flatMap((e) => (e.type === 'node.completed' ? [e.node] : [])));
      const log: string[] = [];
      if (history.some((e) => e.type === 'execution.completed')) continue;
      const again = testRun(file, types2(log), numbers(1));
      const { outcome } = await go(again, { history });
      expect(outcome.status).toBe('completed');
      expect(log.filter((id) => done.has(id))).toEqual([]);
      expect([...log, ...[...done].filter((id) => 'acd'.includes(id))].sort()).toEqual(['a', 'c', 'd']);
    }
  });

  it('gives back an execution that waits long, and goes on when the time has come', async () => {
    const wait: TestNode = {
      execute: ({ items, services }) => ({
        outputs: { main: items },
        wait: { until: services.now() + 3_600_000, completeWithOutputs: true },
      }),
    };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', w: 'wait', a: 'add' }), edges: edges('s>w', 'w>a') },
      { ...types, wait },
      numbers(1),
    );
    const first = await go(test);
    const until = 1_000_000 + 3_600_000;
    expect(first.outcome).toEqual({ status: 'waiting', until, executions: [] });
    test.ports.clock.time += 3_600_000;
    const second = await go(test, { history: [...test.events] });
    expect(second.outcome.status).toBe('completed');
    expect(given(second.state, 'a')[0]!.json).toEqual({ n: 2 });
  });

  it('ends a node and a workflow that take too long', async () => {
    const hang: TestNode = { execute: () => new Promise(() => undefined) };
    const node = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', h: 'hang' }, { h: { settings: { timeoutMs: 100 } } }),
        edges: edges('s>h'),
      },
      { ...types, hang },
    );
    expect((await go(node)).state.error).toMatchObject({
      kind: 'timeout',
      message: '“h” took longer than 100 ms.',
    });
    const workflow = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', h: 'hang' }),
        edges: edges('s>h'),
        settings: { timeoutMs: 500 },
      },
      { ...types, hang },
    );
    expect((await go(workflow)).state.error).toMatchObject({ kind: 'timeout' });
  });

  it('does not count the time of a long wait against the limit', async () => {
    const wait: TestNode = {
      execute: ({ items, services }) => ({
        outputs: { main: items },
        wait: { until: services.now() + 3_600_000, completeWithOutputs: true },
      }),
    };
    const file = {
      name: 'w',
      nodes: nodes({ s: 'start', w: 'wait', a: 'add' }),
      edges: edges('s>w', 'w>a'),
      settings: { timeoutMs: 60_000 },
    };
    const test = testRun(file, { ...types, wait }, numbers(1));
    expect((await go(test)).outcome.status).toBe('waiting');
    test.ports.clock.time += 3_600_000;
    expect((await go(test, { history: [...test.events] })).outcome.status).toBe('completed');
  });

  it('records a cancel as the one end and starts nothing after it', async () => {
    const cancel = new AbortController();
    const trip: TestNode = {
      execute: ({ items }) => {
        cancel.abort();
        return { outputs: { main: items } };
      },
    };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', t: 'trip', a: 'add' }), edges: edges('s>t', 't>a') },
      { ...types, trip },
    );
    const { outcome, state } = await go(test, { cancel: cancel.signal });
    expect(outcome.status).toBe('cancelled');
    expect(state.nodes.a).toBeUndefined();
  });

  it('pauses after the node that runs, and goes on where it was', async () => {
    const pause = new AbortController();
    const types2: Record<string, TestNode> = {
      ...types,
      trip: {
        execute: ({ items }) => {
          pause.abort();
          return { outputs: { main: items } };
        },
      },
    };
    const file = { name: 'w', nodes: nodes({ s: 'start', t: 'trip', a: 'add' }), edges: edges('s>t', 't>a') };
    const test = testRun(file, types2, numbers(1));
    const first = await go(test, { pause: pause.signal });
    expect(first.outcome).toEqual({ status: 'paused' });
    expect(first.state.nodes.a).toBeUndefined();
    const second = await go(test, { history: [...test.events] });
    expect(second.outcome.status).toBe('completed');
    expect(second.state.nodes.t).toHaveLength(1);
    expect(given(second.state, 'a')[0]!.json).toEqual({ n: 2 });
  });

  it('passes input through a disabled node and takes pinned items for a pinned one', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', f: 'fail', p: 'fail', a: 'add' }, { f: { disabled: true } }),
        edges: edges('s>f', 'f>p', 'p>a'),
      },
      types,
      numbers(1),
    );
    test.setup.pinned = { p: numbers(41) };
    const { state } = await go(test);
    expect(given(state, 'f')[0]!.json).toEqual({ n: 1 });
    expect(given(state, 'a')[0]!.json).toEqual({ n: 42 });
  });

  it('stops a circle that never ends', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', a: 'pass', b: 'pass' }),
        edges: edges('s>a', 'a>b', 'b>a'),
        settings: { timeoutMs: 0 },
      },
      types,
    );
    const { outcome, state } = await go(test);
    expect(outcome.status).toBe('failed');
    expect(state.error?.kind).toBe('limit');
  }, 60_000); // 200,000 node runs
});
