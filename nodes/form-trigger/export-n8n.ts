import { TEXTS, theirEnding, theirFormFields } from '../form-n8n-export.ts';
import { asStated, core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, ...TEXTS);
  const { completionTitle: _none, ...ending } = theirEnding(parameters, 'formSubmittedText');
  return core(
    'formTrigger',
    2.2,
    {
      authentication: parameters.authentication === 'basic' ? 'basicAuth' : undefined,
      formTitle: parameters.title,
      formDescription: parameters.description || undefined,
      formFields: theirFormFields(parameters.fields),
      responseMode: parameters.respond === 'immediately' ? undefined : 'lastNode',
      options: compact({
        buttonLabel: parameters.submitLabel,
        respondWithOptions: Object.keys(ending).length > 0 ? { values: ending } : undefined,
      }),
    },
    { webhook: true, approximated: 'It gets another address in n8n.' },
  );
};
