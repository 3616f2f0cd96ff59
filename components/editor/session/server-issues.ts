import { TRPCClientError } from '@trpc/client';
import { z } from 'zod';
import type { Issue } from '#engine/node.ts';
import { issueSchema } from '#server/workflows/schema.ts';

const dataSchema = z.object({ issues: z.array(issueSchema) });

/** What only the server could see when it refused a draft, such as a credential that is gone: none that is known already. */
export function newIssuesOf(error: unknown, known: readonly Issue[]): Issue[] {
  if (!(error instanceof TRPCClientError)) return [];
  const parsed = dataSchema.safeParse(error.data);
  if (!parsed.success) return [];
  return parsed.data.issues.filter(
    ({ code, nodeId, field }) =>
      !known.some((one) => one.code === code && one.nodeId === nodeId && one.field === field),
  );
}
