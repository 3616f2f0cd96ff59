import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

/** A placeholder that starts a workflow. It is a type of its own because a trigger is known by its type alone. */
export const placeholderTrigger = defineNode({
  type: 'placeholder-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Unknown trigger',
  category: 'Triggers',
  description:
    'An imported trigger of a type that is not available here. Replace it, or pin data to try the workflow.',
  search: ['import', 'n8n', 'missing'],
  icon: 'puzzle',
  color: 'slate',
  hidden: true,
  operations: {
    default: operation({
      label: 'Not available',
      summary: 'Keeps an imported trigger that LinkFlow cannot run; never fires by itself.',
      effect: 'pure',
      fields: {
        originalType: field.text({ label: 'Original type', template: false }),
        reason: field.text({ label: 'Why it was not mapped', template: false }),
        original: field.json({ label: 'Original node', template: false }),
      },
      inputs: NONE,
      outputs: MAIN,
      sample: [{ json: {} }],
    }),
  },
});
