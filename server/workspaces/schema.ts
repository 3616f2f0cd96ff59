import { z } from 'zod';
import { proofSchema } from '../accounts/schema.ts';

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
  /** Members at most, invitations included; null: any number. */
  seats: z.number().nullable(),
});
export type Workspace = z.output<typeof workspaceSchema>;
/** `name` is typed to show that this one is meant. */
export const deleteWorkspaceSchema = proofSchema.extend({ name: z.string().max(200) });
export const transferSchema = proofSchema.extend({ userId: z.uuid() });
export const deletedWorkspaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  deletedAt: z.date(),
  /** Until then it can be restored. */
  purgeAt: z.date(),
});
export type DeletedWorkspace = z.output<typeof deletedWorkspaceSchema>;
