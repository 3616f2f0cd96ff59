import { z } from 'zod';

/** What a key may do in its workspace: permissions (server/scope.ts), as far as its owner's role has them. */
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
  'members:read',
  'members:write',
  'workspace:write',
  'audit:read',
  'billing:read',
  'billing:write',
] as const;
/** What a key gets when nobody says which: nothing that costs money. */
const DEFAULT_SCOPES = API_SCOPES.filter((scope) => !scope.startsWith('billing:'));
/** What a key of an operator may do to the whole system; never given unless named. */
export const ADMIN_SCOPES = ['admin:read', 'admin:write'] as const;
export type AdminScope = (typeof ADMIN_SCOPES)[number];
export const apiScopeSchema = z.enum([...API_SCOPES, ...ADMIN_SCOPES]);
export type ApiScope = z.output<typeof apiScopeSchema>;
export const isAdminScope = (scope: string): scope is AdminScope =>
  (ADMIN_SCOPES as readonly string[]).includes(scope);

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
  scopes: z.array(apiScopeSchema).default(DEFAULT_SCOPES),
  expiresInDays: z.number().int().min(1).max(3650).optional(),
});
/** The key itself is in this answer only, never again. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });
