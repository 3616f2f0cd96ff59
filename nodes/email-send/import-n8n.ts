import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.emailSend'],
    map: (node, version) =>
      version >= 2 && text(node.parameters.operation, 'send') === 'sendAndWait'
        ? 'It sends an e-mail and waits for an answer. Use Approval, which asks on a page, or a form.'
        : mapNode(node, version),
  },
];

function mapNode({ parameters }: N8nNode, version: number): ImportedNode {
  const options = record(parameters.options);
  // The first version had these beside its options.
  const place = version < 2 ? parameters : options;
  const files = text(place.attachments);
  const reasons = [
    ...(addsAttribution(options, version) ? ['Its line “sent automatically with n8n” is left out.'] : []),
  ];
  return {
    type: 'email-send',
    credentials: { account: 'smtp' },
    parameters: compact({
      to: parameters.toEmail ?? '',
      subject: parameters.subject ?? '',
      ...contentOf(parameters, version),
      files: files || undefined,
      from: parameters.fromEmail ?? '',
      options: compact({
        cc: text(place.ccEmail) || undefined,
        bcc: text(place.bccEmail) || undefined,
        replyTo: text(options.replyTo) || undefined,
        skipMissingFiles: files ? true : undefined,
        allowUnauthorized: options.allowUnauthorizedCerts === true || undefined,
      }),
    }),
    ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
  };
}

/** The first version sent whatever was filled in; later ones choose, and their default changed once. */
function contentOf({ text: plain, html, emailFormat }: Values, version: number): Values {
  const format =
    version < 2
      ? text(html) === ''
        ? 'text'
        : text(plain) === ''
          ? 'html'
          : 'both'
      : text(emailFormat, version < 2.1 ? 'text' : 'html');
  return {
    format,
    ...(format === 'html' ? {} : { text: plain ?? '' }),
    ...(format === 'text' ? {} : { html: html ?? '' }),
  };
}

const addsAttribution = ({ appendAttribution }: Values, version: number): boolean =>
  version >= 2 && (appendAttribution === undefined ? version >= 2.1 : appendAttribution === true);
