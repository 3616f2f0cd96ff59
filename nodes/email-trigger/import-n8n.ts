import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.emailReadImap'], map: (node) => mapNode(node) },
];

/** All its versions have the same fields and defaults. There one execution takes all that is new, and they are marked as read. */
function mapNode({ parameters }: N8nNode): ImportedNode {
  const options = record(parameters.options);
  const format = text(parameters.format, 'simple');
  const prefix = text(parameters.dataPropertyAttachmentsPrefixName);
  const attachments =
    format === 'resolved' || (format === 'simple' && parameters.downloadAttachments === true);
  const search = searchOf(options.customEmailConfig ?? '["UNSEEN"]');
  const mapped = {
    mailbox: text(parameters.mailbox, 'INBOX'),
    ...search.parameters,
    start: 'together',
    format: format === 'simple' ? undefined : format,
    attachments: attachments || undefined,
    prefix: attachments && prefix ? prefix : undefined,
    after: text(parameters.postProcessAction, 'read') === 'read' ? 'seen' : undefined,
    options: compact({ allowUnauthorized: options.allowUnauthorizedCerts === true || undefined }),
  };
  const reasons = [
    ...(search.lost ? [search.lost] : []),
    ...(JSON.stringify(mapped).includes('{{')
      ? ['The mailbox is looked into before the workflow runs, so its expressions are not worked out.']
      : []),
  ];
  return {
    type: 'email-trigger',
    parameters: compact(mapped),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

function searchOf(config: unknown): { parameters: Values; lost?: string } {
  const list = listOf(config);
  if (!list)
    return {
      parameters: { which: 'unread' },
      lost: 'Its search is not valid JSON; it takes unread messages.',
    };
  const only = list.length === 1 && typeof list[0] === 'string' ? list[0].toUpperCase() : '';
  if (only === 'UNSEEN') return { parameters: { which: 'unread' } };
  if (only === 'ALL' || list.length === 0) return { parameters: {} };
  return { parameters: { which: 'search', search: list } };
}

function listOf(config: unknown): unknown[] | undefined {
  if (Array.isArray(config)) return config;
  try {
    const parsed: unknown = JSON.parse(text(config));
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined; // said in the report
  }
}
