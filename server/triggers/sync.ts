import { randomBytes } from 'node:crypto';
import type { Workflow } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import type { NodeDefinition } from '#nodes/define.ts';
import { findDefinition } from '#nodes/definitions.ts';
import type { TriggerType } from '#prisma/generated/enums.ts';
import type { Transaction } from '../db.ts';
import { TRIGGER_CHANNEL } from '../live/hub.ts';
import { nextRun } from './schedule.ts';

/**
 * Makes the trigger rows be those of the published version. A node keeps its row, and so its webhook URL, for as long as
 * it is in the workflow; rows of nodes that are gone are deleted.
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
  await tx.trigger.deleteMany({ where: { workflowId, nodeId: { notIn: wanted.map((w) => w.node.id) } } });
  for (const { node, type } of wanted) {
    const config = {
      ...node.parameters,
      timezone: workflow.settings.timezone,
      ...(type === 'form' ? { hasPages } : {}),
    };
    const nextRunAt = type === 'schedule' ? nextRun(config, Date.now()) : null;
    const common = { versionId, type, config: config as object, active: true, nextRunAt };
    await tx.trigger.upsert({
      where: { workflowId_nodeId: { workflowId, nodeId: node.id } },
      create: {
        id: newId(),
        workspaceId,
        workflowId,
        nodeId: node.id,
        endpointId: type === 'schedule' ? null : newEndpointId(),
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

/** Hands, other workflows and failures start a workflow without a row of its own. */
const isStartedHere = (startedBy: NodeDefinition['startedBy']): startedBy is TriggerType =>
  startedBy === 'webhook' || startedBy === 'schedule' || startedBy === 'form' || startedBy === 'chat';

/** 128 random bits: the URL of a webhook, form or chat cannot be guessed. */
const newEndpointId = (): string => randomBytes(16).toString('base64url');

const announce = (tx: Transaction) => tx.$executeRawUnsafe(`select pg_notify('${TRIGGER_CHANNEL}', '')`);
