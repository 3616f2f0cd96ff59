import { z } from 'zod';

export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.output<typeof roleSchema>;

const nameSchema = z.string().trim().min(1, 'Enter a name.').max(80);
const WHOLE = 'Enter a whole number from 1 to 10,000, or nothing for no limit.';

/** How many executions of the workspace may run at the same time; null: as many as there are slots. */
export const concurrencySchema = z.number(WHOLE).int(WHOLE).min(1, WHOLE).max(10_000, WHOLE).nullable();

export const createWorkspaceSchema = z.object({ name: nameSchema });
/** What is left out stays as it is. */
export const updateWorkspaceSchema = z.object({
  name: nameSchema.optional(),
  concurrency: concurrencySchema.optional(),
});
export type WorkspaceChange = z.output<typeof updateWorkspaceSchema>;
export const workspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  plan: z.string(),
  concurrency: concurrencySchema,
  createdAt: z.date(),
});
