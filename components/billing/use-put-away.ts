'use client';
import { useState } from 'react';
import { useMounted } from '#components/ui/use-mounted.ts';
import { useWorkspaceId } from '#components/workspaces/workspace-provider.tsx';

/**
 * A notice that somebody has read and put away, in this browser and workspace, until there is another one. Hidden until the
 * browser has been asked, so that nothing flickers.
 */
export function usePutAway(key: string | null): { hidden: boolean; putAway: () => void } {
  const place = `linkflow.notice.${useWorkspaceId()}`;
  const mounted = useMounted();
  const [now, setNow] = useState<string | null>(null);
  const hidden = key !== null && (!mounted || now === key || localStorage.getItem(place) === key);
  return {
    hidden,
    putAway() {
      if (key === null) return;
      localStorage.setItem(place, key);
      setNow(key);
    },
  };
}
