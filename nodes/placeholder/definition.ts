import { defineNode, operation } from '../define.ts';
import { field } from '../fields.ts';
import { numbered } from '../ports.ts';

/**
 * Stands for an imported node of a type that LinkFlow does not know. It keeps the original, so that nothing is lost on
 * export, and can hold pinned data, so that the rest of the workflow can be tried.
 */
export const placeholder = defineNode({
  type: 'placeholder',
  version: 1,
  kind: 'action',
  name: 'Unknown node',
  category: 'Actions',
  description:
    'An imported node of a type that is not available here. Replace it, or pin data to go on without it.',
  search: ['import', 'n8n', 'missing'],
  icon: 'puzzle',
  color: 'slate',
  hidden: true,
  operations: {
    default: operation({
      label: 'Not available',
      summary: 'Keeps an imported node that LinkFlow cannot run; fails unless data is pinned to it.',
      effect: 'pure',
      fields: {
        originalType: field.text({ label: 'Original type', template: false }),
        reason: field.text({ label: 'Why it was not mapped', template: false }),
        inputs: field.number({
          label: 'Inputs',
          default: 1,
          min: 0,
          max: 50,
          integer: true,
          template: false,
        }),
        outputs: field.number({
          label: 'Outputs',
          default: 1,
          min: 0,
          max: 50,
          integer: true,
          template: false,
        }),
        original: field.json({ label: 'Original node', template: false }),
      },
      inputs: (parameters) => numbered('input', parameters.inputs, 1),
      outputs: (parameters) => numbered('output', parameters.outputs, 1),
      sample: [{ json: {} }],
    }),
  },
});
