import type { ImportedNode, ImportTools, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.emailSend'],
    map: (node, version, tools) =>
      version >= 2 && text(node.parameters.operation, 'send') === 'sendAndWait'
        ? 'It sends an e-mail and waits for an answer. Use Approval, which asks on a page, or a form.'
        : mapNode(node, version, tools),
  },
];

function mapNode({ parameters }: N8nNode, version: number, tools: ImportTools): ImportedNode {
  const options = record(parameters.options);
  // The first version had these beside its options.
  const place = version < 2 ? parameters : options;
  const account = smtpAccount(tools);
  const files = text(place.attachments);
  const reasons = [
    ...(account.todo ? [account.todo] : []),
    ...(addsAttribution(options, version) ? ['Its line “sent automatically with n8n” is left out.'] : []),
  ];
  return {
    type: 'email-send',
    parameters: compact({
      to: parameters.toEmail ?? '',
      subject: parameters.subject ?? '',
      ...contentOf(parameters, version),
      files: files || undefined,
      from: parameters.fromEmail ?? '',
      ...account.parameters,
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

/** The account fields of a mail node by its SMTP credential; files never hold what is in it, so most are left to fill in. */
function smtpAccount(tools: ImportTools): { parameters: Record<string, unknown>; todo?: string } {
  const secret = tools.credential('smtp');
  if (!secret) return { parameters: { host: '' }, todo: 'Enter its mail server, user and password.' };
  const { host, port, secure, disableStartTls, user, password } = secret;
  return {
    parameters: compact({
      host: text(host),
      security: secure === false ? (disableStartTls === true ? 'none' : 'starttls') : 'tls',
      port: Number(port) || undefined,
      user: text(user) || undefined,
      password: text(password) || undefined,
    }),
  };
}
