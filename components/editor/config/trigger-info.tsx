'use client';

import type { WorkflowNode } from '#engine/workflow.ts';
import type { NodeDefinition } from '#nodes/define.ts';
import { useEditorContext } from '../editor-context.tsx';
import { MailboxState } from './mailbox-state.tsx';
import { NextRuns } from './next-runs.tsx';
import { PublicAddress } from './public-address.tsx';
import { WebhookUrl } from './webhook-url.tsx';

/** What starts this workflow from outside: the URL of a webhook, a form or a chat, the next times of a schedule or a mailbox. */
export function TriggerInfo({ node, definition }: { node: WorkflowNode; definition: NodeDefinition }) {
  const { editing } = useEditorContext();
  if (definition.startedBy === 'schedule') return <NextRuns node={node} />;
  if (definition.startedBy === 'email' && editing) return <MailboxState nodeId={node.id} />;
  if (definition.startedBy === 'webhook' && editing) return <WebhookUrl node={node} />;
  if (definition.startedBy === 'form' && editing) return <PublicAddress node={node} page="form" />;
  if (definition.startedBy === 'chat' && editing && node.parameters.open !== false)
    return <PublicAddress node={node} page="chat" />;
  return null;
}
