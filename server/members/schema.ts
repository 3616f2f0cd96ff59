import { z } from 'zod';
import { emailSchema } from '../accounts/schema.ts';
import { pageParts } from '../rest/list-page.ts';
import { roleSchema } from '../workspaces/schema.ts';

export const memberSchema = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Since when there is no seat for them: a viewer until there is one again. */
  reducedAt: z.date().nullable(),
  createdAt: z.date(),
});
export type Member = z.output<typeof memberSchema>;
export const memberIdSchema = z.object({ userId: z.uuid() });
export const listPageSchema = z.object(pageParts);
export const memberPageSchema = z.object({ data: z.array(memberSchema), nextCursor: z.string().nullable() });

/** Ownership is transferred, never invited. */
export const invitableRoleSchema = z.enum(['admin', 'member', 'viewer']);
export const inviteSchema = z.object({ email: emailSchema, role: invitableRoleSchema });
export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  createdAt: z.date(),
  expiresAt: z.date(),
});
export type Invitation = z.output<typeof invitationSchema>;
export const invitationPageSchema = z.object({
  data: z.array(invitationSchema),
  nextCursor: z.string().nullable(),
});
export const invitedSchema = z.object({ invitation: invitationSchema, url: z.string() });
/** What the holder of an invitation link may know before signing in. */
export const invitationPreviewSchema = z.object({
  workspaceName: z.string(),
  email: z.string(),
  role: roleSchema,
  state: z.enum(['open', 'accepted', 'expired']),
});
export const updateRoleSchema = memberIdSchema.extend({ role: roleSchema });
