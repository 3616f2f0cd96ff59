import { core, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

const SEARCHES: Readonly<Record<string, string>> = { all: '["ALL"]', unread: '["UNSEEN"]' };

export const exporter: N8nExporter = ({ parameters }) => {
  const { which, search, format, attachments, after } = parameters;
  return core(
    'emailReadImap',
    2.1,
    {
      mailbox: parameters.mailbox,
      postProcessAction: after === 'seen' ? 'read' : 'nothing',
      format,
      downloadAttachments: format === 'simple' ? on(attachments) : undefined,
      dataPropertyAttachmentsPrefixName: attachments === true ? parameters.prefix : undefined,
      options: compact({
        customEmailConfig:
          SEARCHES[String(which)] ?? (typeof search === 'string' ? search : JSON.stringify(search)),
        allowUnauthorizedCerts: on(record(parameters.options).allowUnauthorized),
      }),
    },
    { approximated: 'Connect its mail account in n8n: secrets do not go along.' },
  );
};
