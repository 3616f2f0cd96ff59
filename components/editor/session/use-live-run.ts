'use client';

import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useVisible } from '#components/ui/use-visible.ts';
import type { EngineEvent } from '#engine/events.ts';
import type { EditorBackend } from '../backend.ts';
import { type RunStore, shouldFollow } from '../run/run-store.ts';

/** Feeds the followed execution's events to the canvas, a frame's worth at a time. */
export function useFollowedEvents(run: RunStore, backend: Pick<EditorBackend, 'events'>): void {
  const executionId = useStore(run, (s) => s.executionId);
  const visible = useVisible();
  useEffect(() => {
    if (!executionId || !visible) return;
    let waiting: EngineEvent[] = [];
    let frame = 0;
    const drain = () => {
      frame = 0;
      const events = waiting;
      waiting = [];
      if (run.getState().executionId === executionId) run.getState().receive(events);
    };
    const stop = backend.events(executionId, (event) => {
      waiting.push(event);
      // a hidden tab gets no frames; the timer serves both
      if (!frame) frame = window.setTimeout(drain, 16);
    });
    return () => {
      stop();
      clearTimeout(frame);
    };
  }, [executionId, visible, run, backend]);
}

/** Executions whose later notices are not taken for new ones; a busy workflow has more than a tab can remember. */
const MAX_SEEN = 500;

/** Turns the canvas to executions that something else started: a webhook, a schedule, another tab. */
export function useWatchedWorkflow(run: RunStore, backend: Pick<EditorBackend, 'watch'>): void {
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return; // browsers allow six connections to a host: tabs in the background must not keep them
    const seen = new Set<string>();
    return backend.watch((notice) => {
      const { executionId } = notice;
      if (shouldFollow(run.getState(), executionId, seen, Date.now())) {
        run.getState().follow(executionId);
      }
      seen.add(executionId);
      if (seen.size > MAX_SEEN) seen.delete(seen.values().next().value as string);
    });
  }, [visible, run, backend]);
}
