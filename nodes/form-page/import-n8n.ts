import { endingOf, fieldsFromJson, formFieldsOf, optionsOf } from '../form-n8n.ts';
import type { ImportedNode, N8nImporter } from '../n8n.ts';
import { compact, rows, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.form'],
    map: ({ parameters }) =>
      text(parameters.operation, 'page') === 'completion' ? mapEnding(parameters) : mapPage(parameters),
  },
];

function mapPage(parameters: Record<string, unknown>): ImportedNode | string {
  const options = optionsOf(parameters);
  const values =
    text(parameters.defineForm, 'fields') === 'json'
      ? fieldsFromJson(parameters.jsonOutput)
      : rows(parameters.formFields, 'values');
  if (!values) return 'Its fields are made by an expression; write them down one by one.';
  return {
    type: 'form-page',
    parameters: compact({
      operation: 'page',
      title: text(options.formTitle) || undefined,
      description: text(options.formDescription) || undefined,
      fields: formFieldsOf(values),
      submitLabel: text(options.buttonLabel) || undefined,
    }),
    ...(text(options.customCss) ? { approximated: 'Its own styles are left out.' } : {}),
  };
}

const LOSSES: Record<string, string> = {
  showText: 'Its HTML is shown as text.',
  returnBinary: 'It gave a file; here it shows its message.',
};

function mapEnding(parameters: Record<string, unknown>): ImportedNode {
  const respondWith = text(parameters.respondWith, 'text');
  const loss = LOSSES[respondWith];
  return {
    type: 'form-page',
    parameters: {
      operation: 'ending',
      ...endingOf(parameters, respondWith === 'showText' ? 'responseText' : 'completionMessage'),
    },
    ...(loss ? { approximated: loss } : {}),
  };
}
