'use client';
import { useRef, useState } from 'react';

export interface Selection {
  /** In the order of the list. What has left the list is not selected any more. */
  ids: readonly string[];
  has: (id: string) => boolean;
  /** With `range`, everything between the last one and this one gets the same. */
  toggle: (id: string, range: boolean) => void;
  /** All of them, or none if all are. */
  toggleAll: () => void;
  clear: () => void;
}

/** Ticked rows of a list whose rows come and go. */
export function useSelection(listed: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const ids = listed.filter((id) => chosen.has(id));
  return {
    ids,
    has: (id) => chosen.has(id),
    toggle(id, range) {
      const from = range && last.current !== null ? listed.indexOf(last.current) : -1;
      const to = listed.indexOf(id);
      const meant = from < 0 ? [id] : listed.slice(Math.min(from, to), Math.max(from, to) + 1);
      const others = ids.filter((one) => !meant.includes(one));
      setChosen(new Set(chosen.has(id) ? others : [...others, ...meant]));
      last.current = id;
    },
    toggleAll: () => setChosen(new Set(ids.length === listed.length ? [] : listed)),
    clear: () => setChosen(new Set()),
  };
}
