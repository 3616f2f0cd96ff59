import type { LimitClass } from '../limits/policy.ts';
import type { WorkspaceScope } from '../scope.ts';
import { type Context, countedScope } from '../trpc/context.ts';
import { commonHeaders, problemResponse } from './answer.ts';

/**
 * Answers a call whose body or answer is no JSON: counts it, hands the scope to `work` and turns what is thrown into a
 * problem document, after `translate` has seen it.
 */
export async function answerCounted(
  context: Context,
  name: LimitClass,
  work: (scope: WorkspaceScope) => Promise<Response>,
  translate: (thrown: unknown) => unknown = (thrown) => thrown,
): Promise<Response> {
  const response = await countedScope(context, name)
    .then(work)
    .catch((thrown: unknown) => problemResponse(translate(thrown)));
  for (const [name, value] of Object.entries(commonHeaders(context))) response.headers.set(name, value);
  return response;
}
