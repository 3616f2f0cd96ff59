/**
 * What each route of the product gives to whom it is not for. `routes.spec.ts` reads which routes there are from the build
 * and from our own listener: one that is missing here fails, and so does one that is only here.
 */
export type Verdict =
  /** Open to anybody; shows nothing of any workspace. */
  | 'public'
  /** The address holds a secret, and shows nothing to those who made it up. */
  | 'by address'
  /** Made-up addresses are 404, for programs too. */
  | 'by address, else 404'
  /** A page for everybody with an account: others are led to log in. */
  | 'account page'
  /** Data of the person who is logged in: 401 for others. */
  | 'account data'
  /** A page for operators: others are led to log in, and then there is nothing. */
  | 'operators'
  /** A page of a workspace: others are led to log in, and then it looks as if it were not there. */
  | 'members page'
  /** Data of a workspace for the pages: 401, and then 404. */
  | 'members data'
  /** The API: 401 without a good key, and then 404; cookies open nothing. */
  | 'key'
  /** Only for who signs what it says. */
  | 'signed'
  /** Every procedure has its own verdict in tests/tenancy.test.ts. */
  | 'procedures'
  /** Sign-in itself. */
  | 'sign-in'
  /** Only from this machine without a proxy between, or with its token. */
  | 'operator token'
  /** Shown instead of others, never an address of its own. */
  | 'no address';

export const VERDICTS: Record<string, Verdict> = {
  '/': 'public',
  '/_global-error': 'no address',
  '/_not-found': 'no address',
  '/account': 'account page',
  '/account/export': 'account data',
  '/admin': 'operators',
  '/admin/executions': 'operators',
  '/admin/outbox': 'operators',
  '/admin/queue': 'operators',
  '/admin/users': 'operators',
  '/admin/workspaces': 'operators',
  '/api/auth/[...nextauth]': 'sign-in',
  '/api/stripe': 'signed',
  '/api/trpc/[trpc]': 'procedures',
  '/api/v1/[...path]': 'key',
  '/api/v1/executions/[id]/events': 'key',
  '/api/v1/executions/export': 'key',
  '/api/v1/executions/[id]/files/[name]': 'key',
  '/api/v1/executions/[id]/outputs/[name]': 'key',
  '/api/v1/files/content': 'key',
  '/api/v1/openapi.json': 'public',
  '/api/v1/workflows/import': 'key',
  '/approve/[token]': 'by address',
  '/chat/[endpointId]': 'by address',
  '/deleted-workspaces': 'account page',
  '/docs/api': 'public',
  '/forgot-password': 'public',
  '/forms/[endpointId]': 'by address',
  '/forms/run/[token]': 'by address',
  '/icon.svg': 'public',
  '/invite/[token]': 'by address',
  '/login': 'public',
  '/login/code': 'public',
  '/oauth/callback': 'public',
  '/pricing': 'public',
  '/reset-password': 'public',
  '/signup': 'public',
  '/upgrade': 'account page',
  '/verify-email': 'public',
  '/w/[workspaceId]': 'members page',
  '/w/[workspaceId]/account': 'members page',
  '/w/[workspaceId]/api-keys': 'members page',
  '/w/[workspaceId]/approvals': 'members page',
  '/w/[workspaceId]/audit': 'members page',
  '/w/[workspaceId]/billing': 'members page',
  '/w/[workspaceId]/credentials': 'members page',
  '/w/[workspaceId]/credentials/[credentialId]': 'members page',
  '/w/[workspaceId]/executions': 'members page',
  '/w/[workspaceId]/executions/[executionId]': 'members page',
  '/w/[workspaceId]/executions/export': 'members data',
  '/w/[workspaceId]/executions/[executionId]/files/[name]': 'members data',
  '/w/[workspaceId]/executions/[executionId]/outputs/[name]': 'members data',
  '/w/[workspaceId]/failed': 'members page',
  '/w/[workspaceId]/files': 'members page',
  '/w/[workspaceId]/files/content': 'members data',
  '/w/[workspaceId]/members': 'members page',
  '/w/[workspaceId]/outbox': 'members page',
  '/w/[workspaceId]/settings': 'members page',
  '/w/[workspaceId]/tables': 'members page',
  '/w/[workspaceId]/tables/[tableId]': 'members page',
  '/w/[workspaceId]/upstreams': 'members page',
  '/w/[workspaceId]/usage': 'members page',
  '/w/[workspaceId]/workflows': 'members page',
  '/w/[workspaceId]/workflows/[workflowId]': 'members page',
  // server/http/listener.ts, by path or by the name of its pattern
  '/health': 'public',
  '/health/live': 'public',
  '/health/ready': 'public',
  '/metrics': 'operator token',
  'POST CHAT': 'by address, else 404',
  'POST FORM': 'by address, else 404',
  'POST FORM_RUN': 'by address, else 404',
  'ANY RESUME': 'by address, else 404',
  'ANY WEBHOOK': 'by address, else 404',
};
