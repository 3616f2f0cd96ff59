'use client';

import { useSyncExternalStore } from 'react';

/** Does this media query hold? False while the server renders. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Room for panels beside the canvas. */
export const useIsDesktop = (): boolean => useMedia('(min-width: 1024px)');
