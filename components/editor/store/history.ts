/** Undo is previous drafts. Gestures with the same group key in quick succession are one step. */
export interface History<T> {
  past: readonly T[];
  future: readonly T[];
  group: string | null;
  groupAt: number;
}

export const HISTORY_LIMIT = 100;
/** Keystrokes in one field further apart than this are separate steps. */
export const GROUP_PAUSE_MS = 1500;

export const emptyHistory = <T>(): History<T> => ({ past: [], future: [], group: null, groupAt: 0 });

/** The history after `before` was replaced by something newer at time `now` (ms). */
export function record<T>(history: History<T>, before: T, group: string | null, now: number): History<T> {
  const joins = group !== null && group === history.group && now - history.groupAt < GROUP_PAUSE_MS;
  return {
    past: joins ? history.past : [...history.past, before].slice(-HISTORY_LIMIT),
    future: [],
    group,
    groupAt: now,
  };
}

export function undo<T>(history: History<T>, present: T): { history: History<T>; present: T } | null {
  const previous = history.past.at(-1);
  if (previous === undefined) return null;
  return {
    present: previous,
    history: {
      past: history.past.slice(0, -1),
      future: [present, ...history.future],
      group: null,
      groupAt: 0,
    },
  };
}

export function redo<T>(history: History<T>, present: T): { history: History<T>; present: T } | null {
  const [next, ...future] = history.future;
  if (next === undefined) return null;
  return { present: next, history: { past: [...history.past, present], future, group: null, groupAt: 0 } };
}
