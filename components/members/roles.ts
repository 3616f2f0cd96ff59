import type { Role } from '#server/workspaces/schema.ts';

/** What each role may do, in words; the server's table decides. */
export const ROLE_LABELS: Record<Role, { label: string; summary: string }> = {
  owner: { label: 'Owner', summary: 'Everything, including other owners.' },
  admin: { label: 'Admin', summary: 'Invites people, changes roles and settings.' },
  member: { label: 'Member', summary: 'Creates, edits and runs workflows.' },
  viewer: { label: 'Viewer', summary: 'Looks at workflows and executions.' },
};
