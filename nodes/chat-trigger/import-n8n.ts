import type { N8nImporter } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

const KNOWN: ReadonlySet<string> = new Set(['none', 'basicAuth']);

export const importers: readonly N8nImporter[] = [
  {
    types: ['@n8n/n8n-nodes-langchain.chatTrigger'],
    map: ({ parameters }) => {
      const options = record(parameters.options);
      const mode = text(options.responseMode, 'lastNode');
      const reasons = [
        parameters.public === true && !KNOWN.has(text(parameters.authentication, 'none'))
          ? 'Its authentication must be set up again.'
          : '',
        mode === 'streaming' ? 'It answered word by word; here when the workflow has ended.' : '',
        mode === 'responseNodes' ? 'Nodes answered in between; here only at the end.' : '',
        text(options.customCss) ? 'Its own styles are left out.' : '',
      ].filter(Boolean);
      return {
        type: 'chat-trigger',
        parameters: compact({
          title: text(options.title) || undefined,
          subtitle: text(options.subtitle) || undefined,
          greeting: text(parameters.initialMessages) || undefined,
          open: parameters.public === true,
          authentication: parameters.authentication === 'basicAuth' ? 'basic' : undefined,
          respond: mode === 'responseNode' ? 'respond-node' : 'last-node',
          options: compact({
            placeholder: text(options.inputPlaceholder) || undefined,
            allowFiles: options.allowFileUploads === true || undefined,
          }),
        }),
        ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
      };
    },
  },
  {
    types: ['@n8n/n8n-nodes-langchain.manualChatTrigger'],
    map: () => ({ type: 'chat-trigger', parameters: { open: false } }),
  },
];
