import { z } from 'zod';

export const SHARINGS = ['workspace', 'chosen'] as const;
export type Sharing = (typeof SHARINGS)[number];

const HOST = /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i;
const nameSchema = z.string().trim().min(1, 'Enter a name.').max(120);
const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(HOST, 'A host is a name such as api.example.com or *.example.com.');
const dataSchema = z.record(z.string().max(60), z.unknown());

/** A kind of credential, as the pages and other programs read it. */
export const credentialTypeSchema = z.object({
  type: z.string(),
  name: z.string(),
  description: z.string(),
  /** JSON Schema of `data`. */
  schema: z.record(z.string(), z.unknown()),
});

export const credentialSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  allowedHosts: z.array(z.string()),
  /** workspace: everybody who edits workflows · chosen: its maker and the members that were chosen. */
  sharing: z.enum(SHARINGS),
  createdBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  lastUsedAt: z.date().nullable(),
  /** When the secret stops being good, as far as somebody said. */
  expiresAt: z.date().nullable(),
  /** OAuth: when somebody consented last. */
  connectedAt: z.date().nullable(),
  /** Why it does not work; null: nothing is known to be wrong. */
  problem: z.string().nullable(),
  /** May the caller put it into a workflow, and may they change it? */
  mayUse: z.boolean(),
  mayManage: z.boolean(),
});
export type CredentialSummary = z.output<typeof credentialSchema>;

export const credentialDetailSchema = credentialSchema.extend({
  /** Fields that are no secrets. */
  fields: z.record(z.string(), z.unknown()),
  /** Names of the secrets that are set; what they are is never told. */
  secrets: z.array(z.string()),
  /** Whom it is shared with, for `chosen`. */
  members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  /** Workflows whose draft or published version has it. */
  usedIn: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type CredentialDetail = z.output<typeof credentialDetailSchema>;

export const listCredentialsSchema = z.object({
  search: z.string().max(200).optional(),
  type: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export const credentialPageSchema = z.object({
  data: z.array(credentialSchema),
  nextCursor: z.string().nullable(),
});

export const credentialIdSchema = z.object({ id: z.uuid() });
export const createCredentialSchema = z.object({
  name: nameSchema,
  type: z.string().min(1).max(60),
  data: dataSchema,
  allowedHosts: z.array(hostSchema).max(50).default([]),
  sharing: z.enum(SHARINGS).default('workspace'),
  /** Ids of members, for `chosen`. */
  members: z.array(z.uuid()).max(500).default([]),
  expiresAt: z.coerce.date().nullable().default(null),
});
/** What is left out stays; so do secrets that are empty. null takes a field away. */
export const updateCredentialSchema = z.object({
  id: z.uuid(),
  name: nameSchema.optional(),
  data: dataSchema.optional(),
  allowedHosts: z.array(hostSchema).max(50).optional(),
  sharing: z.enum(SHARINGS).optional(),
  members: z.array(z.uuid()).max(500).optional(),
  expiresAt: z.coerce.date().nullable().optional(),
});
export const tryCredentialSchema = z.object({
  id: z.uuid(),
  /** For kinds that are of no service: what to call with it. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});
export const triedCredentialSchema = z.object({ ok: z.boolean(), message: z.string() });

export const finishConnectSchema = z.object({
  state: z.string().min(1).max(200),
  /** OAuth 1: the verifier. */
  code: z.string().max(4000).optional(),
  /** OAuth 1: the request token that it is for. */
  token: z.string().max(1000).optional(),
  error: z.string().max(200).optional(),
  errorDescription: z.string().max(1000).optional(),
});

export const accessSchema = z.object({
  id: z.string(),
  kind: z.enum(['used', 'refused', 'tested', 'refreshed', 'connected']),
  at: z.date(),
  user: z.string().nullable(),
  executionId: z.string().nullable(),
  workflow: z.object({ id: z.string(), name: z.string() }).nullable(),
  nodeId: z.string().nullable(),
  host: z.string().nullable(),
});
export const listAccessesSchema = z.object({
  id: z.uuid(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export const accessPageSchema = z.object({ data: z.array(accessSchema), nextCursor: z.string().nullable() });
