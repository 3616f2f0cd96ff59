import { z } from 'zod';
import { loginSchema } from '../accounts/schema.ts';

export const loginByApiSchema = loginSchema.extend({
  /** Default: the one that they have been in for longest. */
  workspaceId: z.uuid().optional(),
});
/** The token is an API key of all scopes; it acts as whoever logged in. */
export const tokenSchema = z.object({ token: z.string(), expiresAt: z.date() });
export type Token = z.output<typeof tokenSchema>;

export const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  emailVerified: z.boolean(),
  /** The workspace that the key is for, and their role in it. */
  workspace: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  key: z.object({ scopes: z.array(z.string()), expiresAt: z.date().nullable() }),
});
/** A member of the workspace as others see them. */
export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  joinedAt: z.date(),
});
export const userIdSchema = z.object({ id: z.uuid() });
export const registeredSchema = z.object({ userId: z.string(), workspaceId: z.string() });
