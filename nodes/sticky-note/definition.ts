import { defineNode, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

export const stickyNote = defineNode({
  type: 'sticky-note',
  version: 1,
  kind: 'data',
  name: 'Sticky note',
  category: 'Flow',
  description: 'A note on the canvas. It never runs.',
  search: ['comment', 'documentation', 'text', 'label', 'markdown'],
  icon: 'sticky-note',
  color: 'amber',
  operations: {
    default: operation({
      label: 'Note',
      summary: 'Shows Markdown text on the canvas.',
      effect: 'pure',
      fields: {
        content: field.text({
          label: 'Text',
          help: 'Markdown.',
          placeholder: '## What this part does',
          multiline: true,
          template: false,
        }),
        color: field.select({
          label: 'Colour',
          options: [
            { value: 'amber', label: 'Amber' },
            { value: 'orange', label: 'Orange' },
            { value: 'rose', label: 'Rose' },
            { value: 'emerald', label: 'Green' },
            { value: 'blue', label: 'Blue' },
            { value: 'violet', label: 'Violet' },
            { value: 'slate', label: 'Grey' },
          ],
          default: 'amber',
          template: false,
        }),
        width: field.number({ label: 'Width', default: 240, min: 40, max: 10_000, template: false }),
        height: field.number({ label: 'Height', default: 160, min: 40, max: 10_000, template: false }),
      },
      inputs: NONE,
      outputs: NONE,
      sample: [],
    }),
  },
});
