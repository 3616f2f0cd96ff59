import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import { run } from './run.ts';
import { isTerminal } from './state.ts';
import { edges, nodes, type TestNode, testRun } from './testing.ts';

const types: Record<string, TestNode> = {
  start: { trigger: true },
  pass: {},
  write: { effect: 'write' },
  fail: { execute: () => Promise.reject(new NodeError('upstream', 'down')) },
};

describe('the end of an execution', () => {
  it('is a failure although the process went away between the node’s failure and the end', async () => {
    const file = {
      name: 'w',
      nodes: nodes({ s: 'start', f: 'fail', a: 'pass', b: 'pass' }),
      edges: edges('s>f', 's>a', 'a>b'),
    };
    const whole = testRun(file, types);
    await run(whole.setup, whole.ports, { startNodeId: 's' });
    const failure = whole.events.findIndex((e) => e.type === 'node.failed');
    const again = testRun(file, types);
    const { outcome, state } = await run(again.setup, again.ports, {
      startNodeId: 's',
      history: whole.events.slice(0, failure + 1),
    });
    expect(outcome.status).toBe('failed');
    expect(state).toMatchObject({ failedNode: 'f', error: { message: 'down' } });
    expect(state.nodes.b).toBeUndefined();
  });

  it('is the last event, also when the journal answers a write only after the patience with it has ended', async () => {
    const test = testRun({ name: 'w', nodes: nodes({ s: 'start', a: 'write' }), edges: edges('s>a') }, types);
    const cancel = new AbortController();
    const answer = Promise.withResolvers<void>();
    const { append } = test.ports.journal;
    let isFirst = true;
    test.ports.journal = {
      append(events) {
        append(events);
        if (events.some((e) => e.type === 'execution.cancelled')) answer.resolve();
      },
      checkpoint() {
        if (!isFirst) return new Promise((resolve) => setImmediate(resolve));
        isFirst = false;
        cancel.abort();
        return answer.promise;
      },
    };
    const { outcome, state } = await run(test.setup, test.ports, { startNodeId: 's', cancel: cancel.signal });
    expect(outcome.status).toBe('cancelled');
    expect(isTerminal(state.status)).toBe(true);
    expect(test.events.at(-1)?.type).toBe('execution.cancelled');
  });
});
