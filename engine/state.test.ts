import { describe, expect, it } from 'vitest';
import type { EngineEvent, EventBody } from './events.ts';
import type { StoredItems } from './item.ts';
import { apply, initialState, inputsOf, isTerminal, reduce } from './state.ts';

const numbered = (...bodies: EventBody[]): EngineEvent[] =>
  bodies.map((body, i) => ({ ...body, seq: i + 1, at: 1000 + i }) as EngineEvent);
const from = (...refs: [node: string, port?: string][]) =>
  refs.map(([node, port = 'main']) => ({ node, run: 0, port }));
const started = (node: string, sources = {}): EventBody => ({
  type: 'node.started',
  node,
  run: 0,
  sources,
  attempt: 1,
});
const completed = (node: string, main: unknown): EventBody =>
  ({ type: 'node.completed', node, run: 0, outputs: { main }, durationMs: 5 }) as EventBody;
const items = (...values: number[]) => values.map((n) => ({ json: { n } }));
const fold = (...bodies: EventBody[]) => numbered(...bodies).reduce((s, e) => apply(s, e), initialState());

describe('the state of an execution', () => {
  it('tells of a run what its events told', () => {
    const state = fold({ type: 'execution.queued' }, { type: 'execution.started' }, started('a'), {
      type: 'node.retrying',
      node: 'a',
      run: 0,
      attempt: 2,
      resumeAt: 9000,
      error: { kind: 'upstream', message: 'down', retryable: true },
    });
    expect(state).toMatchObject({ status: 'running', seq: 4, startedAt: 1001, finishedAt: null });
    expect(state.nodes.a![0]).toMatchObject({ status: 'retrying', attempt: 2, wait: { until: 9000 } });
    const done = apply(state, { ...completed('a', items(1)), seq: 5, at: 9000 } as EngineEvent);
    expect(done.nodes.a![0]).toMatchObject({ status: 'completed', durationMs: 5 });
    expect(done.nodes.a![0]).not.toHaveProperty('wait');
  });

  it('ends in one of four ways', () => {
    const error = { kind: 'timeout', message: 'late', retryable: false } as const;
    expect(fold({ type: 'execution.completed' }).status).toBe('completed');
    expect(fold({ type: 'execution.cancelled' }).status).toBe('cancelled');
    expect(fold({ type: 'execution.failed', error, reason: 'timeout' }).status).toBe('timeout');
    expect(fold({ type: 'execution.failed', error, node: 'a' })).toMatchObject({
      status: 'failed',
      failedNode: 'a',
      error,
    });
    expect(['completed', 'cancelled', 'timeout', 'failed'].every((s) => isTerminal(s as 'failed'))).toBe(
      true,
    );
    expect(['queued', 'running', 'waiting', 'paused'].some((s) => isTerminal(s as 'paused'))).toBe(false);
  });

  it('is never changed by the browser’s way of folding', () => {
    const events = numbered(started('a'), completed('a', items(1)), { type: 'node.skipped', node: 'b' });
    const states = [initialState()];
    for (const event of events) states.push(reduce(states.at(-1)!, event));
    expect(states.map((s) => [s.nodes.a?.[0]?.status, s.skipped.b])).toEqual([
      [undefined, undefined],
      ['running', undefined],
      ['completed', undefined],
      ['completed', true],
    ]);
  });

  it('refuses an event of a run that never started', () => {
    expect(() => fold(completed('a', []))).toThrow('node.completed of a#0, which never started');
  });
});

describe('the inputs of a run', () => {
  const stored = (more: Partial<StoredItems>): StoredItems => ({
    stored: 'key',
    length: 100,
    bytes: 5000,
    first: items(7),
    ...more,
  });
  const inputs = (...outputs: unknown[]) => {
    const names = outputs.map((_, i) => `n${i}`);
    return inputsOf(
      fold(
        ...outputs.flatMap((main, i) => [started(names[i]!), completed(names[i]!, main)]),
        started('z', { main: from(...names.map((n): [string] => [n])), side: from(['n0', 'nothing']) }),
      ),
      'z',
      0,
    );
  };

  it('are the items where they were produced, port by port', () => {
    expect(inputs(items(1, 2))).toEqual({ main: items(1, 2), side: [] });
    expect(inputs(items(1), items(2))).toEqual({ main: items(1, 2), side: [] });
  });

  it('are shown and counted when they are in the store', () => {
    const one = stored({});
    expect(inputs(one).main).toBe(one);
    expect(inputs(one, items(1, 2)).main).toEqual({
      stored: '',
      length: 102,
      bytes: 5000,
      first: items(7, 1, 2),
    });
    expect(inputs(one, stored({ shortened: true })).main).toMatchObject({ bytes: 10_000, shortened: true });
  });

  it('are none for a run that is not there', () => {
    expect(inputsOf(initialState(), 'a', 0)).toEqual({});
  });
});
