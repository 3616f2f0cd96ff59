import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }, { stated }) => {
  const options = record(parameters.options);
  return {
    type: '@n8n/n8n-nodes-langchain.chatTrigger',
    typeVersion: 1.1,
    parameters: compact({
      public: parameters.open === true ? true : undefined,
      authentication: parameters.authentication === 'basic' ? 'basicAuth' : undefined,
      initialMessages: stated.greeting,
      options: compact({
        title: stated.title,
        subtitle: parameters.subtitle || undefined,
        responseMode: parameters.respond === 'respond-node' ? 'responseNode' : undefined,
        inputPlaceholder: options.placeholder,
        allowFileUploads: options.allowFiles === true ? true : undefined,
      }),
    }),
    webhook: true,
    approximated: 'It gets another address in n8n.',
  };
};
