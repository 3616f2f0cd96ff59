'use client';
import { createContext, type ReactNode, use } from 'react';
import type { Me } from '#server/accounts/schema.ts';
import type { Role } from '#server/workspaces/schema.ts';
import { useWorkspaceId } from './workspace-provider.tsx';

const MeContext = createContext<Me | null>(null);

/** The signed-in person, as the server knew them when the page was loaded; `router.refresh()` asks again. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe needs a MeProvider above it.');
  return me;
}

/** The workspace of the URL, with one's role in it. */
export function useCurrentWorkspace(): Me['workspaces'][number] {
  const workspaceId = useWorkspaceId();
  const workspace = useMe().workspaces.find(({ id }) => id === workspaceId);
  if (!workspace) throw new Error('The layout lets only members of the workspace in.');
  return workspace;
}

const EDITORS: readonly Role[] = ['owner', 'admin', 'member'];
const ADMINS: readonly Role[] = ['owner', 'admin'];

/** What to offer. The server decides again on every call. */
export function useMay(): { edit: boolean; administer: boolean; own: boolean } {
  const { role } = useCurrentWorkspace();
  return { edit: EDITORS.includes(role), administer: ADMINS.includes(role), own: role === 'owner' };
}
