import { z } from 'zod';

export const API_SCOPES = [
  'workflows:read',
  'workflows:write',
  'executions:read',
  'executions:write',
  'tables:read',
  'tables:write',
  'files:read',
  'files:write',
  'credentials:read',
  'credentials:write',
  'audit:read',
] as const;
export const apiScopeSchema = z.enum(API_SCOPES);
export type ApiScope = z.output<typeof apiScopeSchema>;

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
});
export const createApiKeySchema = z.object({
  name: z.string().trim().min(1, 'Enter a name.').max(80),
  scopes: z.array(apiScopeSchema).default([...API_SCOPES]),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
/** The key itself is in this answer only, never again. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });
