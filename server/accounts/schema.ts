import { z } from 'zod';

export const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email('Enter an e-mail address.'));
export const passwordSchema = z
  .string()
  .min(10, 'Use at least 10 characters.')
  .max(200, 'Use at most 200 characters.');

export const signUpSchema = z.object({
  email: emailSchema,
  password: passwordSchema,
  name: z.string().trim().min(1, 'Enter your name.').max(100),
});
export const loginSchema = z.object({ email: emailSchema, password: z.string().min(1).max(200) });

export const meSchema = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), isAdmin: z.boolean() }),
  workspaces: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.enum(['owner', 'admin', 'member', 'viewer']) }),
  ),
});
export type Me = z.output<typeof meSchema>;
