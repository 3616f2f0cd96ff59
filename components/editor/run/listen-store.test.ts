import { expect, it } from 'vitest';
import type { EditorBackend } from '../backend.ts';
import { createListenStore } from './listen-store.ts';

const EAR = { url: 'http://x/webhooks/a', live: false, until: new Date() };

function ears() {
  const opened: { nodeId: string; on: Parameters<EditorBackend['listen']>[1]; closed: boolean }[] = [];
  const store = createListenStore({
    listen(nodeId, on) {
      const ear = { nodeId, on, closed: false };
      opened.push(ear);
      return () => {
        ear.closed = true;
      };
    },
  });
  return { opened, store };
}

it('is open from the answer of the server until it is stopped', () => {
  const { opened, store } = ears();
  store.getState().listen('hook');
  expect(store.getState()).toMatchObject({ nodeId: 'hook', ear: null });
  opened[0]!.on.onOpen(EAR);
  expect(store.getState().ear).toBe(EAR);
  store.getState().stop();
  expect(store.getState()).toMatchObject({ nodeId: null, ear: null });
  expect(opened[0]!.closed).toBe(true);
});

it('says why it ended', () => {
  const { opened, store } = ears();
  store.getState().listen('hook');
  opened[0]!.on.onEnd('The draft has errors.');
  expect(store.getState()).toMatchObject({ nodeId: null, problem: 'The draft has errors.' });
});

it('belongs to the last that was asked for', () => {
  const { opened, store } = ears();
  store.getState().listen('a');
  store.getState().listen('b');
  expect(opened[0]!.closed).toBe(true);
  opened[0]!.on.onOpen(EAR);
  opened[0]!.on.onEnd('late');
  expect(store.getState()).toMatchObject({ nodeId: 'b', ear: null, problem: null });
});
