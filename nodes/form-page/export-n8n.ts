import { TEXTS, theirEnding, theirFormFields } from '../form-n8n-export.ts';
import { asStated, core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, ...TEXTS);
  return parameters.operation === 'ending'
    ? core(
        'form',
        1,
        { operation: 'completion', ...theirEnding(parameters, 'completionMessage') },
        { webhook: true },
      )
    : core(
        'form',
        1,
        {
          formFields: theirFormFields(parameters.fields),
          options: compact({
            formTitle: parameters.title,
            formDescription: parameters.description || undefined,
            buttonLabel: parameters.submitLabel,
          }),
        },
        { webhook: true },
      );
};
