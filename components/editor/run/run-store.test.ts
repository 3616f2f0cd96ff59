import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#engine/events.ts';
import { initialState, reduce } from '#engine/state.ts';
import { edgeItems, nodeView } from './node-view.ts';
import { createRunStore, foldAll, shouldFollow } from './run-store.ts';

const item = { json: { a: 1 } };
const events: EngineEvent[] = [
  { type: 'execution.started', seq: 1, at: 10 },
  { type: 'node.started', node: 'a', run: 0, sources: {}, attempt: 1, seq: 2, at: 11 },
  {
    type: 'node.completed',
    node: 'a',
    run: 0,
    outputs: { main: [item, item] },
    durationMs: 4,
    seq: 3,
    at: 15,
  },
  { type: 'node.started', node: 'b', run: 0, sources: {}, attempt: 1, seq: 4, at: 16 },
  { type: 'node.skipped', node: 'c', seq: 5, at: 17 },
];

describe('folding', () => {
  it('gives what the reducer gives, and leaves the old state alone', () => {
    const start = foldAll(initialState(), events.slice(0, 2));
    const kept = structuredClone(start);
    expect(foldAll(start, events)).toEqual(events.reduce(reduce, initialState()));
    expect(start).toEqual(kept);
  });
  it('passes over events that came twice', () => {
    const state = foldAll(initialState(), events);
    expect(foldAll(state, events)).toBe(state);
  });
});

describe('what cards and edges show', () => {
  it('counts items and time', () => {
    const state = foldAll(initialState(), events);
    expect(nodeView(state, 'a')).toMatchObject({ status: 'completed', items: 2, durationMs: 4 });
    expect(nodeView(state, 'b').status).toBe('running');
    expect(nodeView(state, 'c').status).toBe('skipped');
    expect(edgeItems(state, { from: { node: 'a', port: 'main' }, to: { node: 'b', port: 'main' } })).toBe(2);
    expect(
      edgeItems(state, { from: { node: 'c', port: 'main' }, to: { node: 'b', port: 'main' } }),
    ).toBeNull();
  });
  it('shows a node as stopped when the execution ended under it', () => {
    const state = foldAll(initialState(), events);
    expect(nodeView(state, 'b').status).toBe('running');
    const over = foldAll(state, [{ type: 'execution.cancelled', seq: 6, at: 20 }]);
    expect(nodeView(over, 'b').status).toBe('stopped');
  });
});

describe('following', () => {
  it('turns to news, but not away from an own run or a pinned one', () => {
    const store = createRunStore(() => 0);
    expect(shouldFollow(store.getState(), 'x', new Set(), 0)).toBe(true);
    store.getState().follow('mine', { own: true });
    store.getState().receive(events);
    expect(shouldFollow(store.getState(), 'x', new Set(), 9999)).toBe(false);
    store.getState().receive([{ type: 'execution.completed', seq: 6, at: 20 }]);
    expect(shouldFollow(store.getState(), 'x', new Set(), 9999)).toBe(true);
    expect(shouldFollow(store.getState(), 'x', new Set(['x']), 9999)).toBe(false);
    store.getState().pin(true);
    expect(shouldFollow(store.getState(), 'x', new Set(), 9999)).toBe(false);
  });
});
