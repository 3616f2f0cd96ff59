import type { ImportedNode, N8nNode } from './n8n.ts';
import type { N8nConnection } from './n8n-file.ts';

/** Types that start a workflow although their name does not end with “Trigger”. */
const TRIGGERS: ReadonlySet<string> = new Set([
  'n8n-nodes-base.webhook',
  'n8n-nodes-base.cron',
  'n8n-nodes-base.interval',
  'n8n-nodes-base.sseTrigger',
]);

/** What to do instead of a node that there will be none of. */
const ADVICE: Readonly<Record<string, string>> = {
  'n8n-nodes-base.executeCommand':
    'It runs commands on the machine, which is shared here. Use Code, or call a service by HTTP request.',
};

/** Why there is nothing to map a node of this type to. */
export const adviceFor = (type: string): string =>
  Object.hasOwn(ADVICE, type) ? ADVICE[type]! : 'LinkFlow has no such node yet.';

/**
 * A node that keeps an unknown one, with as many ports as its connections need. Models, tools and memories hang on other
 * nodes by `ai_…` connections; these take no part in the flow and are kept inside.
 */
export function toPlaceholder(
  node: N8nNode,
  connections: readonly N8nConnection[],
  reason: string,
): ImportedNode {
  const to = connections.filter((c) => c.to === node.name && c.toKind === 'main');
  const from = connections.filter((c) => c.from === node.name && c.kind === 'main');
  const aside = connections.filter((c) => c.from === node.name && c.kind !== 'main');
  const original = aside.length > 0 ? { ...node, connections: aside } : { ...node };
  const kept = { originalType: node.type, reason, original };
  if (to.length === 0 && aside.length === 0 && (/trigger$/i.test(node.type) || TRIGGERS.has(node.type))) {
    return { type: 'placeholder-trigger', parameters: kept, outputs: ports(from).map(() => 'main') };
  }
  const hangs = aside.length > 0 && to.length === 0 && from.length === 0;
  const inputs = hangs ? 0 : Math.max(1, ...to.map((c) => c.input + 1));
  const last = Math.max(0, ...from.map((c) => c.output + 1));
  // The error output comes after the others and is not one of the node's own; which of them it is, is known for one or two only.
  const own = node.onError === 'continueErrorOutput' && last > 1 ? last - 1 : last;
  const outputs = hangs ? 0 : Math.max(1, own);
  return {
    type: 'placeholder',
    parameters: { ...kept, inputs: Math.min(50, inputs), outputs: Math.min(50, outputs) },
  };
}

function ports(from: readonly N8nConnection[]): number[] {
  return Array.from({ length: Math.max(1, ...from.map((c) => c.output + 1)) }, (_, i) => i);
}
