import { hasErrors, validate } from '#engine/validate.ts';
import { type Workflow, workflowSchema } from '#engine/workflow.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import { assertCredentialsExist } from '../credentials/usage.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { CheckedFile, WorkflowDetail } from './schema.ts';

/** Everything that would keep a file from being activated in this workspace; nothing is stored. */
export async function checkFile(
  scope: WorkspaceScope,
  { name, ...parts }: Partial<Workflow>,
): Promise<CheckedFile> {
  const workflow = workflowSchema.parse({ name: name ?? 'Workflow', ...parts });
  const issues = [...validate(workflow, nodeCatalog), ...(await credentialIssues(scope, workflow))];
  return { valid: !hasErrors(issues as Parameters<typeof hasErrors>[0]), issues };
}

async function credentialIssues(
  scope: WorkspaceScope,
  workflow: Workflow,
): Promise<WorkflowDetail['issues']> {
  try {
    await assertCredentialsExist(scope, workflow);
    return [];
  } catch (error) {
    if (error instanceof AppError && Array.isArray(error.extra.issues))
      return error.extra.issues as WorkflowDetail['issues'];
    throw error;
  }
}
