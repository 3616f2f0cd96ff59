import { randomBytes } from 'node:crypto';
import type { Issue } from '#engine/node.ts';
import type { Workflow, WorkflowNode } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import type { NodeDefinition } from '#nodes/define.ts';
import { findDefinition } from '#nodes/definitions.ts';
import type { TriggerType } from '#prisma/generated/enums.ts';
import type { Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { TRIGGER_CHANNEL } from '../live/hub.ts';
import { nextRun } from './schedule.ts';
import { planWebhook } from './webhook-plan.ts';

/**
 * Makes the trigger rows be those of the published version. A node keeps its row, and so its webhook URL, for as long as
 * it is in the workflow; rows of nodes that are gone are deleted. Throws UNPROCESSABLE_CONTENT with `issues` for a webhook
 * that says what cannot be.
 */
export async function syncTriggers(
  tx: Transaction,
  published: { workspaceId: string; workflowId: string; versionId: string; workflow: Workflow },
): Promise<void> {
  const { workspaceId, workflowId, versionId, workflow } = published;
  const wanted = workflow.nodes.flatMap((node) => {
    const startedBy = findDefinition(node.type, node.version)?.startedBy;
    return isStartedHere(startedBy) && !node.disabled ? [{ node, type: startedBy }] : [];
  });
  const hasPages = workflow.nodes.some(
    (node) => !node.disabled && findDefinition(node.type, node.version)?.continuesForm,
  );
  assertPlausible(wanted.filter(({ type }) => type === 'webhook').map(({ node }) => node));
  await tx.trigger.deleteMany({ where: { workflowId, nodeId: { notIn: wanted.map((w) => w.node.id) } } });
  for (const { node, type } of wanted) {
    const config = {
      ...node.parameters,
      timezone: workflow.settings.timezone,
      ...(ASKING.has(type) ? { credentialId: credentialOf(node) } : {}),
      ...(type === 'email' ? mailboxOf(node) : {}),
      ...(type === 'form' ? { hasPages } : {}),
    };
    const nextRunAt =
      type === 'schedule' ? nextRun(config, Date.now()) : type === 'email' ? new Date() : null;
    const common = { versionId, type, config: config as object, active: true, nextRunAt };
    await tx.trigger.upsert({
      where: { workflowId_nodeId: { workflowId, nodeId: node.id } },
      create: {
        id: newId(),
        workspaceId,
        workflowId,
        nodeId: node.id,
        endpointId: type === 'schedule' || type === 'email' ? null : newEndpointId(),
        ...common,
      },
      update: common,
    });
  }
  await announce(tx);
}

export async function pauseTriggers(tx: Transaction, workflowId: string): Promise<void> {
  await tx.trigger.updateMany({ where: { workflowId }, data: { active: false, nextRunAt: null } });
  await announce(tx);
}

/** They may ask who comes. */
const ASKING: ReadonlySet<TriggerType> = new Set(['webhook', 'form', 'chat']);

/** The credential that callers must know. */
export const credentialOf = ({ credentials }: WorkflowNode): string | null =>
  Object.hasOwn(credentials, 'auth') ? (credentials.auth ?? null) : null;

/** The account of a mailbox, and from when on its messages count if nobody has looked into it before. */
const mailboxOf = ({ credentials }: WorkflowNode) => ({
  credentialId: Object.hasOwn(credentials, 'account') ? (credentials.account ?? null) : null,
  since: new Date().toISOString(),
});

/** What validation cannot see: paths, addresses and schemas that are none. */
export function assertPlausible(webhooks: readonly WorkflowNode[]): void {
  const issues = webhooks.flatMap((node): Issue[] =>
    planWebhook(node.parameters, null).plan.problems.map((message) => ({
      code: 'invalid-parameter',
      severity: 'error',
      nodeId: node.id,
      field: 'options',
      message: `${node.name}: ${message}`,
    })),
  );
  if (issues.length > 0) throw new AppError('UNPROCESSABLE_CONTENT', issues[0]!.message, { issues });
}

/** Hands, other workflows and failures start a workflow without a row of its own. */
const isStartedHere = (startedBy: NodeDefinition['startedBy']): startedBy is TriggerType =>
  startedBy === 'webhook' ||
  startedBy === 'schedule' ||
  startedBy === 'form' ||
  startedBy === 'chat' ||
  startedBy === 'email';

/** 128 random bits: the URL of a webhook, form or chat cannot be guessed. */
export const newEndpointId = (): string => randomBytes(16).toString('base64url');

/** All web processes forget what they remember of triggers. */
export const announce = (tx: Transaction) =>
  tx.$executeRawUnsafe(`select pg_notify('${TRIGGER_CHANNEL}', '')`);
