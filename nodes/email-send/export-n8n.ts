import { core, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const { format } = parameters;
  return core(
    'emailSend',
    2.1,
    {
      fromEmail: parameters.from,
      toEmail: parameters.to,
      subject: parameters.subject,
      emailFormat: format,
      text: format === 'html' ? undefined : parameters.text,
      html: format === 'text' ? undefined : parameters.html,
      options: compact({
        appendAttribution: false,
        attachments: parameters.files || undefined,
        ccEmail: options.cc,
        bccEmail: options.bcc,
        replyTo: options.replyTo,
        allowUnauthorizedCerts: on(options.allowUnauthorized),
      }),
    },
    { approximated: 'Connect its mail account in n8n: secrets do not go along.' },
  );
};
