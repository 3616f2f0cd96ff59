import { ADMIN_SCOPES, API_SCOPES, type ApiScope } from '#server/api-keys/schema.ts';

/** Whose keys could use it; it is not offered to others. */
export type ScopeOwner = 'editor' | 'admin' | 'operator';

interface ScopeText {
  scope: ApiScope;
  label: string;
  help: string;
  of?: Exclude<ScopeOwner, 'editor'>;
}

/** What a key may do, in the order and under the headings in which it is offered. */
export const SCOPE_GROUPS: readonly { title: string; scopes: readonly ScopeText[] }[] = [
  {
    title: 'Workflows',
    scopes: [
      { scope: 'workflows:read', label: 'Read workflows', help: 'List, open and export them.' },
      {
        scope: 'workflows:write',
        label: 'Change workflows',
        help: 'Create, edit, activate and delete them.',
      },
      { scope: 'executions:read', label: 'Read executions', help: 'See runs with their data.' },
      { scope: 'executions:write', label: 'Run workflows', help: 'Start, cancel and repeat runs.' },
    ],
  },
  {
    title: 'Data',
    scopes: [
      { scope: 'tables:read', label: 'Read tables', help: 'Their columns and rows.' },
      { scope: 'tables:write', label: 'Change tables', help: 'Create and delete them, and change rows.' },
      { scope: 'files:read', label: 'Read files', help: 'List and download the files of the workspace.' },
      { scope: 'files:write', label: 'Change files', help: 'Upload, replace and delete them.' },
      {
        scope: 'credentials:read',
        label: 'List credentials',
        help: 'Their names and kinds; never the secrets.',
      },
      {
        scope: 'credentials:write',
        label: 'Change credentials',
        help: 'Create, replace, test and delete them.',
      },
    ],
  },
  {
    title: 'Workspace',
    scopes: [
      { scope: 'members:read', label: 'See members', help: 'Their names, addresses and roles.' },
      {
        scope: 'members:write',
        label: 'Manage members',
        help: 'Invite and remove people and change roles; never an owner’s.',
        of: 'admin',
      },
      {
        scope: 'workspace:write',
        label: 'Change settings',
        help: 'The workspace’s name and limit.',
        of: 'admin',
      },
      { scope: 'audit:read', label: 'Read the audit log', help: 'Who did what.', of: 'admin' },
      {
        scope: 'billing:read',
        label: 'See plan and bills',
        help: 'The plan, usage and invoices.',
        of: 'admin',
      },
      {
        scope: 'billing:write',
        label: 'Change the plan',
        help: 'Choose, change and cancel it, and set budgets.',
        of: 'admin',
      },
    ],
  },
  {
    title: 'The whole system',
    scopes: [
      {
        scope: 'admin:read',
        label: 'See everything as operator',
        help: 'People, workspaces, the queue and figures of all.',
        of: 'operator',
      },
      {
        scope: 'admin:write',
        label: 'Act as operator',
        help: 'Block people, log them out and set seats; never operators.',
        of: 'operator',
      },
    ],
  },
];

/** What is offered to somebody. */
export const groupsFor = (owners: readonly ScopeOwner[]) =>
  SCOPE_GROUPS.map(({ title, scopes }) => ({
    title,
    scopes: scopes.filter(({ of }) => owners.includes(of ?? 'editor')),
  })).filter(({ scopes }) => scopes.length > 0);

const NOUNS: Record<string, string> = {
  workflows: 'workflows',
  executions: 'executions',
  tables: 'tables',
  files: 'files',
  credentials: 'credentials',
  members: 'members',
  workspace: 'settings',
  audit: 'audit log',
  billing: 'billing',
  admin: 'the whole system',
};

/** In a line: “Workflows, tables (read only)”. */
export function describeScopes(scopes: readonly string[]): string {
  const has = (scope: string) => scopes.includes(scope);
  const isFull = API_SCOPES.every(has);
  const parts = Object.entries(NOUNS).flatMap(([noun, words]) => {
    const known = [...API_SCOPES, ...ADMIN_SCOPES].filter((scope) => scope.startsWith(`${noun}:`));
    const given = known.filter(has);
    if (given.length === 0 || (isFull && noun !== 'admin')) return [];
    if (given.length === known.length) return [words];
    return [`${words} (${given[0]!.endsWith(':read') ? 'read' : 'write'} only)`];
  });
  const text = (isFull ? ['full access', ...parts] : parts).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
