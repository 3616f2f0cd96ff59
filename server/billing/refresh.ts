import type { WorkspaceScope } from '../scope.ts';
import { isBillingConfigured } from './gateway.ts';
import { syncWorkspace } from './sync.ts';

/** Reads anew from Stripe what the workspace has bought; nothing where plans are not sold. */
export async function refresh({ workspaceId }: WorkspaceScope): Promise<void> {
  if (isBillingConfigured()) await syncWorkspace(workspaceId);
}
