import { z } from 'zod';

export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.output<typeof roleSchema>;

export const createWorkspaceSchema = z.object({ name: z.string().trim().min(1, 'Enter a name.').max(80) });
export const updateWorkspaceSchema = createWorkspaceSchema;
export const workspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.string(),
  createdAt: z.date(),
});
