import type { ApiScope } from '#server/api-keys/schema.ts';

export const SCOPE_LABELS: Record<ApiScope, { label: string; help: string }> = {
  'workflows:read': { label: 'Read workflows', help: 'List, open and export them.' },
  'workflows:write': { label: 'Change workflows', help: 'Create, edit, activate and delete them.' },
  'executions:read': { label: 'Read executions', help: 'See runs with their data.' },
  'tables:read': { label: 'Read tables', help: 'Their columns and rows.' },
  'tables:write': { label: 'Change tables', help: 'Create and delete them, and change rows.' },
  'files:read': { label: 'Read files', help: 'List and download the files of the workspace.' },
  'files:write': { label: 'Change files', help: 'Upload, replace and delete them.' },
  'credentials:read': { label: 'List credentials', help: 'Their names and kinds; never the secrets.' },
  'credentials:write': { label: 'Change credentials', help: 'Create, replace, test and delete them.' },
  'audit:read': { label: 'Read the audit log', help: 'Who did what. Admins only.' },
  'executions:write': { label: 'Run workflows', help: 'Start, cancel and repeat runs.' },
};

export const scopeLabel = (scope: string): string =>
  scope in SCOPE_LABELS ? SCOPE_LABELS[scope as ApiScope].label : scope;
