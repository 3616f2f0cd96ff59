import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import type { EngineEvent } from './events.ts';
import type { Item } from './item.ts';
import type { NodeResult } from './node.ts';
import { run } from './run.ts';
import type { NodeCall, RunCalls, RunOptions } from './run-options.ts';
import { initialState, reduce } from './state.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

const NOW = 1_000_000;
const HOUR = 3_600_000;
const items: Item[] = [{ json: { n: 1 } }];

/** Waits for a call for `untilMs`; gives what was handed to it, or says that nobody called. */
const ask = (untilMs: number | null): TestNode => ({
  execute: ({ items: given, call, expired, services }): NodeResult => {
    if (call) return { outputs: { main: [{ json: { said: call.data, at: call.at } }] } };
    if (expired) return { outputs: { late: given } };
    const until = untilMs === null ? null : services.now() + untilMs;
    return { outputs: {}, wait: { until, call: true, completeWithOutputs: false } };
  },
  outputs: ['main', 'late'],
});
const types: Record<string, TestNode> = {
  start: { trigger: true },
  pass: {},
  ask: ask(null),
  askHour: ask(HOUR),
  askSoon: ask(1000),
  hour: {
    execute: ({ items: given, services }) => ({
      outputs: { main: given },
      wait: { until: services.now() + HOUR, completeWithOutputs: true },
    }),
  },
};
const file = (asker: string) => ({
  name: 'w',
  nodes: nodes({ s: 'start', q: asker, yes: 'pass', no: 'pass' }),
  edges: edges('s>q', 'q.main>yes', 'q.late>no'),
});
const callFor = (node: string, data: unknown, at = NOW): NodeCall => ({ node, run: 0, data, at });

/** Calls as a test makes them: some known, others told while the loop runs. */
function desk(known: NodeCall[] = []): RunCalls & { tell(call: NodeCall): void } {
  let told: ((call: NodeCall) => void) | undefined;
  return {
    known,
    listen: (onCall) => {
      told = onCall;
    },
    tell: (call) => told?.(call),
  };
}

const go = (test: ReturnType<typeof testRun>, more: Partial<RunOptions> = {}) =>
  run(test.setup, test.ports, { startNodeId: test.startNodeId, ...more });
const typesOf = (events: EngineEvent[], node: string) =>
  events.flatMap((e) => ('node' in e && e.node === node ? [e.type] : []));

describe('a run that waits for a call', () => {
  it('gives the execution back until the call is known, then finds it', async () => {
    const test = testRun(file('ask'), types, items);
    const first = await go(test, { calls: desk() });
    expect(first.outcome).toEqual({ status: 'waiting', until: null, executions: [] });
    expect(first.state.nodes.q![0]).toMatchObject({ status: 'waiting', wait: { until: null, call: true } });
    const second = await go(test, {
      history: [...test.events],
      calls: desk([callFor('q', 'yes', NOW + 5)]),
    });
    expect(second.outcome.status).toBe('completed');
    expect(given(second.state, 'yes')[0]!.json).toEqual({ said: 'yes', at: NOW + 5 });
    expect(test.events.reduce(reduce, initialState())).toEqual(second.state);
  });

  it('is not executed again by a resume that has no call for it', async () => {
    let executed = 0;
    const counted: TestNode = {
      execute: (context) => {
        executed++;
        return types.ask!.execute!(context);
      },
    };
    const test = testRun(file('counted'), { ...types, counted }, items);
    await go(test, { calls: desk() });
    const again = await go(test, { history: [...test.events], calls: desk([callFor('yes', 'other')]) });
    expect(again.outcome).toMatchObject({ status: 'waiting', until: null });
    expect(executed).toBe(1);
  });

  it('goes on at once when the call comes while the loop lives', async () => {
    const calls = desk();
    const busy: TestNode = {
      execute: async ({ items: given }) => {
        await new Promise((resolve) => setImmediate(resolve));
        calls.tell(callFor('q', 'yes'));
        calls.tell(callFor('q', 'a second one changes nothing'));
        return { outputs: { main: given } };
      },
    };
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', q: 'ask', b: 'busy', yes: 'pass' }),
        edges: edges('s>q', 's>b', 'q>yes'),
      },
      { ...types, busy },
      items,
    );
    const { outcome, state } = await go(test, { calls });
    expect(outcome.status).toBe('completed');
    expect(state.nodes.yes).toHaveLength(1);
    expect(given(state, 'yes')[0]!.json).toMatchObject({ said: 'yes' });
    expect(typesOf(test.events, 'q')).toEqual(['node.started', 'node.waiting', 'node.completed']);
  });

  it('finds a call that came before it began to wait', async () => {
    const calls = desk();
    const early: TestNode = {
      execute: ({ items: given }) => {
        calls.tell(callFor('q', 'early'));
        calls.tell(callFor('q', 'the first one counts'));
        return { outputs: { main: given } };
      },
    };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', e: 'early', q: 'ask' }), edges: edges('s>e', 'e>q') },
      { ...types, early },
      items,
    );
    const { outcome, state } = await go(test, { calls });
    expect(outcome.status).toBe('completed');
    expect(given(state, 'q')[0]!.json).toMatchObject({ said: 'early' });
    expect(typesOf(test.events, 'q')).toContain('node.waiting'); // as the journal would have it with a later call
  });

  it('is told when nobody called in time', async () => {
    const test = testRun(file('askHour'), types, items);
    const first = await go(test, { calls: desk() });
    expect(first.outcome).toMatchObject({ status: 'waiting', until: NOW + HOUR });
    test.ports.clock.time += HOUR - 60_000;
    const early = await go(test, { history: [...test.events], calls: desk() });
    expect(early.outcome).toMatchObject({ status: 'waiting', until: NOW + HOUR });
    test.ports.clock.time += 60_000;
    const { outcome, state } = await go(test, { history: [...test.events], calls: desk() });
    expect(outcome.status).toBe('completed');
    expect(given(state, 'no')[0]!.json).toEqual({ n: 1 });
    expect(state.skipped.yes).toBe(true);
    expect(state.nodes.q![0]!.durationMs).toBe(HOUR);
  });

  it('prefers a call that is there to a time that has passed', async () => {
    const test = testRun(file('askHour'), types, items);
    await go(test, { calls: desk() });
    test.ports.clock.time += 2 * HOUR;
    const calls = desk([callFor('q', 'yes', NOW + 1)]);
    const { state } = await go(test, { history: [...test.events], calls });
    expect(state.nodes.yes).toHaveLength(1);
    expect(state.nodes.no).toBeUndefined();
  });

  it('asks for a call that came first before it gives up, and asks only then', async () => {
    const asked: string[] = [];
    const settle = async (late: NodeCall | null) => {
      const test = testRun(file('askSoon'), types, items);
      const expire: RunCalls['expire'] = async ({ node }) => {
        asked.push(node);
        return late;
      };
      return (await go(test, { calls: { ...desk(), expire } })).state;
    };
    expect(given(await settle(callFor('q', 'just in time')), 'yes')[0]!.json).toMatchObject({
      said: 'just in time',
    });
    expect((await settle(null)).nodes.no).toHaveLength(1);
    expect(asked).toEqual(['q', 'q']);
    const test = testRun(file('askSoon'), types, items);
    await go(test, { calls: { ...desk([callFor('q', 1)]), expire: async () => expect.fail('asked') } });
  });

  it('leaves the execution to whoever comes next when the last question has no answer', async () => {
    const test = testRun(file('askSoon'), types, items);
    const calls = { ...desk(), expire: () => Promise.reject(new Error('database away')) };
    await expect(go(test, { calls })).rejects.toThrow('database away');
    expect(typesOf(test.events, 'q')).toEqual(['node.started', 'node.waiting']);
  });

  it('is woken once when its call and its time come together', async () => {
    const calls = desk();
    let executed = 0;
    const slow: TestNode = {
      execute: async (context) => {
        executed++;
        if (context.call) {
          // the time passes while the call is worked on
          await new Promise<void>((resolve) => test.ports.clock.sleep(5000, context.signal).then(resolve));
        }
        return ask(1000).execute!(context);
      },
      outputs: ['main', 'late'],
    };
    const busy: TestNode = {
      execute: async ({ items: given }) => {
        await new Promise((resolve) => setImmediate(resolve));
        calls.tell(callFor('q', 'yes'));
        return { outputs: { main: given } };
      },
    };
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', q: 'slow', b: 'busy', yes: 'pass', no: 'pass' }),
        edges: edges('s>q', 's>b', 'q.main>yes', 'q.late>no'),
      },
      { ...types, slow, busy },
      items,
    );
    const { state } = await go(test, { calls });
    expect(executed).toBe(2);
    expect(state.nodes.yes).toHaveLength(1);
    expect(state.nodes.no).toBeUndefined();
  });

  it('sleeps beside others: the earliest time of all decides', async () => {
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', q: 'ask', h: 'hour', a: 'askLong' }),
        edges: edges('s>q', 's>h', 'h>a'),
      },
      { ...types, askLong: ask(3 * HOUR) },
      items,
    );
    const first = await go(test, { calls: desk() });
    expect(first.outcome).toMatchObject({ status: 'waiting', until: NOW + HOUR });
    test.ports.clock.time += HOUR;
    const second = await go(test, { history: [...test.events], calls: desk() });
    expect(second.outcome).toMatchObject({ status: 'waiting', until: NOW + 4 * HOUR });
    expect(typesOf(test.events, 'q')).toEqual(['node.started', 'node.waiting']);
  });

  it('hears nothing any more once the end is being written', async () => {
    const calls = desk();
    const test = testRun(file('ask'), types, items);
    const checkpoint = test.ports.journal.checkpoint;
    test.ports.journal.checkpoint = async () => {
      calls.tell(callFor('q', 'too late for this loop'));
      await new Promise((resolve) => setImmediate(resolve));
      await checkpoint();
    };
    const { outcome } = await go(test, { calls });
    expect(outcome.status).toBe('waiting');
    expect(test.events.at(-1)!.type).toBe('execution.waiting');
  });

  it('finds its call again when what it did with it has to be tried again', async () => {
    let calls = 0;
    const flaky: TestNode = {
      execute: (context) => {
        if (context.call && ++calls < 2) throw new NodeError('upstream', 'down');
        return types.ask!.execute!(context);
      },
      outputs: ['main', 'late'],
    };
    const workflow = {
      name: 'w',
      nodes: nodes(
        { s: 'start', q: 'flaky' },
        { q: { settings: { retry: { maxAttempts: 3, delayMs: 10 } } } },
      ),
      edges: edges('s>q'),
    };
    const test = testRun(workflow, { ...types, flaky }, items);
    const { outcome, state } = await go(test, { calls: desk([callFor('q', 'yes')]) });
    expect(outcome.status).toBe('completed');
    expect(given(state, 'q')[0]!.json).toMatchObject({ said: 'yes' });
  });

  it('ends the same from any cut of its journal', async () => {
    const workflow = {
      name: 'w',
      nodes: nodes({ s: 'start', q: 'ask', a: 'pass', m: 'merge' }),
      edges: edges('s>q', 's>a', 'q>m.input1', 'a>m.input2'),
    };
    const merge: TestNode = {
      inputs: ['input1', 'input2'],
      execute: ({ inputs }) => ({ outputs: { main: [...inputs.input1!, ...inputs.input2!] } }),
    };
    const test = testRun(workflow, { ...types, merge }, items);
    await go(test, { calls: desk() });
    const whole = await go(test, { history: [...test.events], calls: desk([callFor('q', 'yes')]) });
    expect(whole.outcome.status).toBe('completed');
    for (let cut = 0; cut < test.events.length - 1; cut++) {
      const again = testRun(workflow, { ...types, merge }, items);
      const { state } = await go(again, {
        history: test.events.slice(0, cut),
        calls: desk([callFor('q', 'yes')]),
      });
      expect(state.status).toBe('completed');
      expect(state.nodes.m![0]!.outputs).toEqual(whole.state.nodes.m![0]!.outputs);
    }
  });

  it('knows the addresses of its execution', async () => {
    const seen: (string | undefined)[] = [];
    const look: TestNode = {
      execute: ({ items: given, approvalUrl, execution, evaluate }) => {
        seen.push(approvalUrl?.(), execution.resumeUrl, evaluate('{{ $execution.resumeUrl }}', 0) as string);
        return { outputs: { main: given } };
      },
    };
    const test = testRun(
      { name: 'w', nodes: nodes({ s: 'start', l: 'look' }), edges: edges('s>l') },
      { ...types, look },
      items,
    );
    await go(test);
    test.setup.links = { resume: 'https://x/resume', approval: (node, n) => `https://x/${node}/${n}` };
    await go(test);
    const [resume, approve] = ['https://x/resume', 'https://x/l/0'];
    expect(seen).toEqual([undefined, undefined, undefined, approve, resume, resume]);
  });
});
