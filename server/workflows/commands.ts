import { emptyWorkflow, type Workflow, workflowSchema } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { parseWorkflowText } from '#nodes/parse-workflow.ts';
import { audit } from '../audit/store.ts';
import { assertCredentialsExist, assertMayUseCredentials } from '../credentials/usage.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { toJsonb } from '../executions/json.ts';
import { isDeeperThan, MAX_DEPTH } from '../http/body.ts';
import { assertMayPublish, lockWorkspace } from '../plans/publishing.ts';
import { findPaused, keepPaused } from '../schedules/pausing.ts';
import type { WorkspaceScope } from '../scope.ts';
import { resumeTriggers } from '../triggers/resume.ts';
import { announce, pauseTriggers, syncTriggers } from '../triggers/sync.ts';
import { behaviourHash, contentHash, queueColumns } from './policy.ts';
import { getWorkflow } from './queries.ts';
import type { WorkflowDetail } from './schema.ts';
import { searchTextOf } from './search.ts';
import { assertRunnable } from './versions.ts';

type FileParts = Partial<Pick<Workflow, 'nodes' | 'edges' | 'settings' | 'pinData'>>;

/** A new workflow; its draft may have problems, they only keep it from running. */
export async function createWorkflow(
  scope: WorkspaceScope,
  input: { name: string; workflow?: Partial<Workflow> } & FileParts,
): Promise<WorkflowDetail> {
  const draft: Workflow = {
    ...emptyWorkflow(input.name),
    ...input.workflow,
    ...partsOf(input),
    name: input.name,
  };
  await assertMayUseCredentials(scope, draft.nodes, async () => []);
  const id = newId();
  await db().$transaction(async (tx) => {
    await tx.workflow.create({
      data: {
        id,
        workspaceId: scope.workspaceId,
        ...draftColumns(draft),
        createdById: scope.userId,
      },
    });
    await audit(tx, scope, { action: 'workflow.create', subjectId: id, after: { name: draft.name } });
  });
  return getWorkflow(scope, id);
}

function partsOf({ nodes, edges, settings, pinData }: FileParts): FileParts {
  const parts = { nodes, edges, settings, pinData };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as FileParts;
}

/** The draft as jsonb stores it (free of characters that it refuses), and what is read off it. */
const draftColumns = (draft: Workflow) => ({
  name: draft.name.replaceAll('\0', '\ufffd'),
  draft: JSON.parse(toJsonb(draft)) as object,
  draftHash: behaviourHash(draft),
  searchText: searchTextOf(draft),
  nodeTypes: [...new Set(draft.nodes.map((node) => node.type))],
});

/** Changes some parts of the draft and leaves the others as they are. */
export async function updateWorkflow(
  scope: WorkspaceScope,
  { id, revision, name, ...parts }: { id: string; revision?: number; name?: string } & FileParts,
): Promise<WorkflowDetail> {
  const current = await getWorkflow(scope, id);
  const draft = { ...current.draft, ...partsOf(parts), name: name ?? current.draft.name };
  await saveDraft(scope, { id, draft, revision: revision ?? current.revision });
  return getWorkflow(scope, id);
}

/** Saves the draft if nobody saved another one since `revision`; without a revision it overwrites. */
export async function saveDraft(
  scope: WorkspaceScope,
  input: { id: string; draft: Workflow; revision?: number },
) {
  const { id, draft, revision } = input;
  const where = { id, workspaceId: scope.workspaceId, deletedAt: null };
  await assertMayUseCredentials(scope, draft.nodes, async () => (await getWorkflow(scope, id)).draft.nodes);
  const { count } = await db().workflow.updateMany({
    where: { ...where, ...(revision === undefined ? {} : { revision }) },
    data: {
      ...draftColumns(draft),
      revision: { increment: 1 },
      updatedAt: new Date(),
    },
  });
  if (count === 0) {
    const row = await db().workflow.findFirst({ where, select: { revision: true } });
    if (!row) throw notFound('workflow');
    throw new AppError('CONFLICT', 'Someone else saved this workflow meanwhile.', { revision: row.revision });
  }
  const saved = await getWorkflow(scope, id);
  return { revision: saved.revision, liveDiffers: saved.liveDiffers, issues: saved.issues };
}

/**
 * Publishes the draft as a new immutable version and turns its triggers on, all or nothing; schedules that were paused
 * stay paused. Throws CONFLICT when the draft is not the one of `revision`.
 */
export async function activateWorkflow(
  scope: WorkspaceScope,
  id: string,
  message: string,
  revision?: number,
): Promise<WorkflowDetail> {
  await db().$transaction(async (tx) => {
    await lockWorkspace(tx, scope.workspaceId); // before the workflow, as whoever changes the plan does
    // the row lock makes two people who publish at once get two versions, one after the other
    const rows = await tx.$queryRaw<{ draft: unknown; revision: number }[]>`
      select draft, revision from workflow where id = ${id}::uuid and workspace_id = ${scope.workspaceId}::uuid and deleted_at is null for update`;
    if (!rows[0]) throw notFound('workflow');
    if (revision !== undefined && rows[0].revision !== revision)
      throw new AppError('CONFLICT', 'Someone else saved this workflow meanwhile.', {
        revision: rows[0].revision,
      });
    const workflow = workflowSchema.parse(rows[0].draft);
    assertRunnable(workflow);
    await assertCredentialsExist(scope, workflow);
    await assertMayPublish(tx, { workspaceId: scope.workspaceId, workflowId: id }, workflow);
    const latest = await tx.workflowVersion.aggregate({ where: { workflowId: id }, _max: { number: true } });
    const number = (latest._max.number ?? 0) + 1;
    const versionId = newId();
    await tx.workflowVersion.create({
      data: {
        id: versionId,
        workflowId: id,
        number,
        hash: contentHash(workflow),
        content: workflow as object,
        message,
        createdBy: scope.userId,
        ...queueColumns(workflow.settings),
      },
    });
    await tx.workflow.update({
      where: { id },
      data: {
        active: true,
        pausedBy: null,
        publishedVersionId: versionId,
        publishedHash: behaviourHash(workflow),
        updatedAt: new Date(),
      },
    });
    const paused = await findPaused(tx, id);
    await syncTriggers(tx, { workspaceId: scope.workspaceId, workflowId: id, versionId, workflow });
    await keepPaused(tx, id, paused);
    await audit(tx, scope, {
      action: 'workflow.publish',
      subjectId: id,
      after: { version: number, message },
    });
  });
  return getWorkflow(scope, id);
}

/** Turns the triggers off. Executions under way finish. */
export async function deactivateWorkflow(scope: WorkspaceScope, id: string): Promise<WorkflowDetail> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.workflow.updateMany({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      data: { active: false, pausedBy: null },
    });
    if (count === 0) throw notFound('workflow');
    await pauseTriggers(tx, id);
    await audit(tx, scope, { action: 'workflow.deactivate', subjectId: id });
  });
  return getWorkflow(scope, id);
}

/**
 * Turns the triggers of the published version on again, whatever the draft is by now. Schedules go on with their next time.
 * Throws CONFLICT when it was never published, PAYMENT_REQUIRED when the plan has no room for it.
 */
export async function resumeWorkflow(scope: WorkspaceScope, id: string): Promise<WorkflowDetail> {
  const { workspaceId } = scope;
  await db().$transaction(async (tx) => {
    await lockWorkspace(tx, workspaceId);
    await tx.$queryRaw`select 1 from workflow where id = ${id}::uuid and workspace_id = ${workspaceId}::uuid for update`;
    const row = await tx.workflow.findFirst({
      where: { id, workspaceId, deletedAt: null },
      select: { publishedVersion: { select: { content: true } } },
    });
    if (!row) throw notFound('workflow');
    if (!row.publishedVersion)
      throw new AppError('CONFLICT', 'This workflow has no published version yet. Activate it instead.');
    const workflow = workflowSchema.parse(row.publishedVersion.content);
    await assertMayPublish(tx, { workspaceId, workflowId: id }, workflow);
    await tx.workflow.update({ where: { id }, data: { active: true, pausedBy: null } });
    await resumeTriggers(tx, workspaceId, [id]);
    await announce(tx);
    await audit(tx, scope, { action: 'workflow.resume', subjectId: id });
  });
  return getWorkflow(scope, id);
}

/** Moves a workflow to the bin: it disappears from lists and stops being triggered; its executions stay. */
export async function deleteWorkflow(scope: WorkspaceScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const { count } = await tx.workflow.updateMany({
      where: { id, workspaceId: scope.workspaceId, deletedAt: null },
      data: { active: false, pausedBy: null, deletedAt: new Date() },
    });
    if (count === 0) throw notFound('workflow');
    await pauseTriggers(tx, id);
    await audit(tx, scope, { action: 'workflow.delete', subjectId: id });
  });
}

export async function duplicateWorkflow(scope: WorkspaceScope, id: string): Promise<WorkflowDetail> {
  const { draft } = await getWorkflow(scope, id);
  return createWorkflow(scope, { name: `${draft.name} (copy)`.slice(0, 200), workflow: draft });
}

/** Creates a workflow from a file: ours as JSON or YAML, or n8n's. What could not be mapped is in the report. */
export async function importWorkflow(scope: WorkspaceScope, text: string) {
  const { workflow: parsed, report } = parseImport(text);
  const workflow = await createWorkflow(scope, { name: parsed.name, workflow: parsed });
  return { workflow, report };
}

function parseImport(text: string) {
  try {
    const parsed = parseWorkflowText(text);
    if (isDeeperThan(parsed.workflow, MAX_DEPTH))
      throw new Error(`it is nested deeper than ${MAX_DEPTH} levels.`);
    return parsed;
  } catch (error) {
    throw new AppError('BAD_REQUEST', `This is not a workflow file: ${(error as Error).message}`);
  }
}
