import { describe, expect, it } from 'vitest';
import { emptyWorkflow, nodeSchema, type Workflow } from '#engine/workflow.ts';
import { addNode, connect, moveNodes, setParameter } from './draft.ts';
import { createEditorStore, isDirty } from './editor-store.ts';

const node = (id: string) => nodeSchema.parse({ id, name: id, type: 'set' });

function open(draft: Workflow = emptyWorkflow('Test')) {
  let time = 0;
  const store = createEditorStore({ workflowId: 'w', draft, validate: () => [], now: () => time });
  return { store, state: store.getState, wait: (ms: number) => (time += ms) };
}

describe('the editor store', () => {
  it('undoes and redoes one gesture at a time', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    state().change((d) => addNode(d, node('b')));
    state().undo();
    expect(state().draft.nodes.map((n) => n.id)).toEqual(['a']);
    state().redo();
    expect(state().draft.nodes.map((n) => n.id)).toEqual(['a', 'b']);
  });

  it('takes typing in one field as one step, and a pause as two', () => {
    const { state, wait } = open();
    state().change((d) => addNode(d, node('a')));
    for (const text of ['h', 'he', 'hel']) {
      state().change((d) => setParameter(d, 'a', 'url', text), 'a.url');
      wait(100);
    }
    wait(5000);
    state().change((d) => setParameter(d, 'a', 'url', 'help'), 'a.url');
    state().undo();
    expect(state().draft.nodes[0]?.parameters.url).toBe('hel');
    state().undo();
    expect(state().draft.nodes[0]?.parameters.url).toBeUndefined();
  });

  it('keeps at most 100 steps', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    for (let i = 0; i < 150; i++) state().change((d) => moveNodes(d, new Map([['a', { x: i, y: 1 }]])));
    expect(state().history.past).toHaveLength(100);
  });

  it('ignores actions that change nothing', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    const edge = { from: { node: 'a', port: 'main' }, to: { node: 'a', port: 'main' } };
    state().change((d) => connect(d, edge));
    state().change((d) => connect(d, edge));
    expect(state().history.past).toHaveLength(2);
  });

  it('is dirty until exactly this draft was saved', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    const sent = state().draft;
    state().change((d) => addNode(d, node('b')));
    state().markSaved(sent);
    expect(isDirty(state())).toBe(true);
    state().markSaved(state().draft);
    expect(isDirty(state())).toBe(false);
  });

  it('forgets selection and open panel of nodes that undo took away', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    state().openNode('a');
    state().undo();
    expect(state().selection).toEqual([]);
    expect(state().openNodeId).toBeNull();
  });

  it('changes nothing when it is read-only', () => {
    const draft = emptyWorkflow('Test');
    const store = createEditorStore({ workflowId: 'w', draft, readOnly: true, validate: () => [] });
    store.getState().change((d) => addNode(d, node('a')));
    expect(store.getState().draft).toBe(draft);
  });

  it('shows issues of the server until the next change', () => {
    const { state } = open();
    state().change((d) => addNode(d, node('a')));
    state().report([{ code: 'unknown-credential', severity: 'error', nodeId: 'a', message: 'It is gone.' }]);
    expect(state().issues.map(({ code }) => code)).toEqual(['unknown-credential']);
    state().change((d) => setParameter(d, 'a', 'x', 1));
    expect(state().issues).toEqual([]);
  });
});
