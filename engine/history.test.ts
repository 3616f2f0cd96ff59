import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import { reusableEvents } from './history.ts';
import type { Item } from './item.ts';
import { run } from './run.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

const items: Item[] = [{ json: { n: 1 } }];

describe('reusableEvents', () => {
  it('lets a retry go on at the failed node, with the outputs that were there', async () => {
    let calls = 0;
    let broken = true;
    const types: Record<string, TestNode> = {
      start: { trigger: true },
      count: {
        effect: 'write',
        execute: ({ items: given }) => {
          calls++;
          return { outputs: { main: given } };
        },
      },
      flaky: {
        execute: ({ items: given }) =>
          broken ? Promise.reject(new NodeError('upstream', 'down')) : { outputs: { main: given } },
      },
    };
    const file = {
      name: 'w',
      nodes: nodes({ s: 'start', a: 'count', f: 'flaky', b: 'count' }),
      edges: edges('s>a', 'a>f', 'f>b'),
    };
    const first = testRun(file, types, items);
    expect((await run(first.setup, first.ports, { startNodeId: 's' })).outcome.status).toBe('failed');
    broken = false;
    const second = testRun(file, types, items);
    const { outcome, state } = await run(second.setup, second.ports, {
      startNodeId: 's',
      history: reusableEvents(first.events),
    });
    expect(outcome.status).toBe('completed');
    expect(given(state, 'b')[0]!.json).toEqual({ n: 1 });
    expect(calls).toBe(2); // a once in the first, b once in the second
  });

  it('numbers runs without gaps when an earlier run was cut off', () => {
    const at = 1;
    const sources = { main: [{ node: 'a', run: 1, port: 'main' }] };
    const kept = reusableEvents([
      { type: 'execution.started', seq: 1, at },
      { type: 'node.started', node: 'a', run: 0, sources: {}, attempt: 1, seq: 2, at },
      { type: 'node.started', node: 'a', run: 1, sources: {}, attempt: 1, seq: 3, at },
      { type: 'node.completed', node: 'a', run: 1, outputs: { main: items }, durationMs: 1, seq: 4, at },
      { type: 'node.started', node: 'b', run: 0, sources, attempt: 1, seq: 5, at },
      { type: 'node.completed', node: 'b', run: 0, outputs: {}, durationMs: 1, seq: 6, at },
    ]);
    expect(kept.map((e) => [e.seq, e.type, 'run' in e ? e.run : null])).toEqual([
      [1, 'execution.started', null],
      [2, 'node.started', 0],
      [3, 'node.completed', 0],
      [4, 'node.started', 0],
      [5, 'node.completed', 0],
    ]);
    expect(kept[3]).toMatchObject({ sources: { main: [{ node: 'a', run: 0, port: 'main' }] } });
  });
});
