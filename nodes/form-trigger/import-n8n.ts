import { endingOf, formFieldsOf, optionsOf } from '../form-n8n.ts';
import type { N8nImporter } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

const KNOWN: ReadonlySet<string> = new Set(['none', 'basicAuth']);

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.formTrigger'],
    map: ({ parameters }) => {
      const options = optionsOf(parameters);
      const mode = text(parameters.responseMode, 'onReceived');
      const respondWith = record(record(options.respondWithOptions).values);
      const reasons = [
        KNOWN.has(text(parameters.authentication, 'none')) ? '' : 'Its authentication must be set up again.',
        mode === 'responseNode' ? 'It answered from a node; here it ends with its own message.' : '',
        text(options.customCss) ? 'Its own styles are left out.' : '',
      ].filter(Boolean);
      return {
        type: 'form-trigger',
        parameters: compact({
          title: text(parameters.formTitle) || undefined,
          description: text(parameters.formDescription) || undefined,
          fields: formFieldsOf(rows(parameters.formFields, 'values')),
          authentication: parameters.authentication === 'basicAuth' ? 'basic' : undefined,
          submitLabel: text(options.buttonLabel) || undefined,
          respond: mode === 'onReceived' ? 'immediately' : 'last-node',
          ...endingOf({ ...respondWith, completionTitle: undefined }, 'formSubmittedText'),
        }),
        ...(reasons.length > 0 ? { approximated: reasons.join(' ') } : {}),
      };
    },
  },
];
