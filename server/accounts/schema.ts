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
/** Of the authenticator app, or one of the recovery codes. */
const codeSchema = z.string().trim().min(6, 'Enter the code.').max(40);
export const loginSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(200),
  code: codeSchema.optional(),
});

const nameSchema = signUpSchema.shape.name;
export const renameSchema = z.object({ name: nameSchema });
/** From the link in a mail. */
const tokenSchema = z.string().min(20).max(200);
export const verifyEmailSchema = z.object({ token: tokenSchema });
export const forgotPasswordSchema = z.object({ email: emailSchema });
export const resetPasswordSchema = z.object({ token: tokenSchema, password: passwordSchema });
export const changePasswordSchema = z.object({
  current: z.string().min(1, 'Enter your password.').max(200),
  password: passwordSchema,
});
export const changeEmailSchema = z.object({
  email: emailSchema,
  password: z.string().min(1, 'Enter your password.').max(200),
});
const presentPassword = z.string().min(1, 'Enter your password.').max(200);
export const twoFactorSchema = z.object({
  /** null: off */
  enabledAt: z.date().nullable(),
  /** How many are left. */
  recoveryCodes: z.number(),
});
export const startTwoFactorSchema = z.object({ password: presentPassword });
/** `qrCode` is an SVG of the address that authenticator apps read. */
export const twoFactorSetupSchema = z.object({ secret: z.string(), qrCode: z.string() });
export const enableTwoFactorSchema = z.object({ code: codeSchema });
export const disableTwoFactorSchema = z.object({ password: presentPassword, code: codeSchema });
export const recoveryCodesSchema = z.object({ codes: z.array(z.string()) });

/** Beside a session: the password if there is one, the code if two-factor login is on. */
export const proofSchema = z.object({
  password: z.string().max(200).optional(),
  code: z.string().trim().max(40).optional(),
});
/** `email` is typed to show that it is meant. */
export const deleteAccountSchema = proofSchema.extend({ email: emailSchema });
/** Why somebody who came from an identity provider was not let in; in the address of the page that says so. */
export const IDENTITY_PROBLEMS = ['address-taken', 'no-address', 'of-another', 'blocked'] as const;
export type IdentityProblem = (typeof IDENTITY_PROBLEMS)[number];
export const identitiesSchema = z.object({
  hasPassword: z.boolean(),
  hasTwoFactor: z.boolean(),
  identities: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      name: z.string(),
      email: z.string(),
      createdAt: z.date(),
      lastUsedAt: z.date().nullable(),
    }),
  ),
  /** What the operator has set up. */
  ways: z.array(z.object({ id: z.string(), provider: z.string(), name: z.string() })),
});
export type Identities = z.output<typeof identitiesSchema>;
export const startConnectSchema = proofSchema.extend({ way: z.string().max(40) });

export const sessionSchema = z.object({
  id: z.string(),
  userAgent: z.string(),
  createdAt: z.date(),
  usedAt: z.date(),
  /** The one that asks. */
  current: z.boolean(),
});

export const meSchema = z.object({
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    isAdmin: z.boolean(),
    emailVerified: z.boolean(),
  }),
  workspaces: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** What they may do now: without a seat they are a viewer, whatever is written down. */
      role: z.enum(['owner', 'admin', 'member', 'viewer']),
      hasSeat: z.boolean(),
    }),
  ),
});
export type Me = z.output<typeof meSchema>;
