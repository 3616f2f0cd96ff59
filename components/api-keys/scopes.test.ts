import { describe, expect, it } from 'vitest';
import { ADMIN_SCOPES, API_SCOPES, type ApiScope, isAdminScope } from '#server/api-keys/schema.ts';
import { PERMISSIONS } from '#server/scope.ts';
import { describeScopes, groupsFor, SCOPE_GROUPS, type ScopeOwner } from './scopes.ts';

const offered = (...owners: ScopeOwner[]): ApiScope[] =>
  groupsFor(owners).flatMap(({ scopes }) => scopes.map(({ scope }) => scope));

describe('the scopes of a key', () => {
  it('are each offered once, to those whose role has them', () => {
    const all = SCOPE_GROUPS.flatMap(({ scopes }) => scopes.map(({ scope }) => scope));
    expect([...all].sort()).toEqual([...API_SCOPES, ...ADMIN_SCOPES].sort());
    const having = (role: 'member' | 'admin') =>
      API_SCOPES.filter((scope) => (PERMISSIONS[scope] as readonly string[]).includes(role));
    expect(offered('editor').sort()).toEqual(having('member').sort());
    expect(offered('editor', 'admin').sort()).toEqual(having('admin').sort());
    expect(offered('editor', 'operator').filter(isAdminScope)).toEqual([...ADMIN_SCOPES]);
  });

  it.each([
    [API_SCOPES, 'Full access'],
    [[...API_SCOPES, 'admin:read'], 'Full access, the whole system (read only)'],
    [
      ['workflows:read', 'workflows:write', 'tables:read', 'files:write'],
      'Workflows, tables (read only), files (write only)',
    ],
    [['audit:read', 'workspace:write'], 'Settings, audit log'],
    [[], ''],
  ])('fit in a line: %j', (scopes, line) => {
    expect(describeScopes(scopes)).toBe(line);
  });
});
