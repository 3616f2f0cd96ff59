'use client';
import { createContext, type ReactNode, use } from 'react';

const WorkspaceContext = createContext<string | null>(null);

/** Says which workspace the pages below belong to; its id comes from the URL. */
export function WorkspaceProvider({ workspaceId, children }: { workspaceId: string; children: ReactNode }) {
  return <WorkspaceContext value={workspaceId}>{children}</WorkspaceContext>;
}

/** null outside of a workspace (sign-in pages). */
export const useWorkspaceId = (): string | null => use(WorkspaceContext);

/** Path of a page of this workspace: `path('executions')` → `/w/<id>/executions`. */
export function useWorkspacePath(): (page: string) => string {
  const workspaceId = useWorkspaceId();
  if (!workspaceId) throw new Error('useWorkspacePath needs a WorkspaceProvider above it.');
  return (page) => `/w/${workspaceId}/${page}`;
}
