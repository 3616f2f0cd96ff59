'use client';

import { Copy, Link2 } from 'lucide-react';
import { copyText } from '#components/execution-data/json-tree.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { useSessionState } from '../editor-context.tsx';
import { WebhookCalls } from './webhook-calls.tsx';
import { useEarUrl, WebhookListen } from './webhook-listen.tsx';

/** The one URL of a webhook, once there is one, and a call to try it with. */
export function WebhookUrl({ node }: { node: WorkflowNode }) {
  const trigger = useSessionState((s) => s.triggers.find((t) => t.nodeId === node.id));
  const active = useSessionState((s) => s.active);
  const ear = useEarUrl(node.id);
  const live = active && trigger?.active === true;
  const url = ear ?? trigger?.url;
  if (!url) {
    return (
      <div className="flex gap-2.5 rounded-lg border border-border border-dashed p-3 text-foreground-muted text-xs leading-4.5">
        <Link2 className="mt-0.5 size-4 shrink-0" />
        <div className="space-y-2">
          <p>
            Its URL appears here once the workflow is <b className="font-medium text-foreground">active</b>,
            or while you listen for a call. Run starts it with test data that you type in.
          </p>
          <WebhookListen nodeId={node.id} />
        </div>
      </div>
    );
  }
  const verb = verbOf(node.parameters);
  const body =
    verb === 'GET' || verb === 'HEAD'
      ? ''
      : ` \\\n  -H 'content-type: application/json' -d '{"hello":"world"}'`;
  const curl = `curl -X ${verb} '${url}'${proofOf(node.parameters)}${body}`;
  return (
    <div className="space-y-2 rounded-lg border border-border bg-background/60 p-3" data-testid="webhook-url">
      <div className="flex items-center justify-between gap-2">
        <span className="font-medium text-ui">URL</span>
        <span className={live || ear ? 'text-success text-xs' : 'text-foreground-subtle text-xs'}>
          {live ? 'Live' : ear ? 'Open for the draft' : 'Answers 404 while the workflow is inactive'}
        </span>
      </div>
      <Copyable text={url} done="URL copied" label="Copy the URL" />
      {node.parameters.authentication === 'signature' ? (
        <p className="text-foreground-muted text-xs">
          Calls need a signature: try it from the service that signs them.
        </p>
      ) : (
        <>
          <p className="text-foreground-muted text-xs">Try it from a terminal:</p>
          <Copyable text={curl} done="Command copied" label="Copy the command" />
        </>
      )}
      {live ? <WebhookCalls nodeId={node.id} /> : <WebhookListen nodeId={node.id} />}
    </div>
  );
}

/** A method that the webhook takes. */
function verbOf({ httpMethod, methods }: WorkflowNode['parameters']): string {
  if (httpMethod === 'several' && Array.isArray(methods)) return String(methods[0]?.method ?? 'POST');
  return typeof httpMethod === 'string' && httpMethod !== 'any' && httpMethod !== 'several'
    ? httpMethod
    : 'POST';
}

/** What a caller has to say to be let in, with words in the place of secrets. */
function proofOf({ authentication }: WorkflowNode['parameters']): string {
  if (authentication === 'basic') return ` \\\n  -u 'USER:PASSWORD'`;
  if (authentication === 'header') return ` \\\n  -H 'NAME: SECRET'`;
  if (authentication === 'jwt') return ` \\\n  -H 'authorization: Bearer TOKEN'`;
  return '';
}

function Copyable({ text, done, label }: { text: string; done: string; label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-md border border-border bg-surface py-1 pr-1 pl-2">
      <code className="min-w-0 flex-1 whitespace-pre-wrap break-all py-0.5 font-mono text-[11.5px] leading-4">
        {text}
      </code>
      <IconButton label={label} size="xs" onClick={() => copyText(text, done)}>
        <Copy className="size-3.5" />
      </IconButton>
    </div>
  );
}
