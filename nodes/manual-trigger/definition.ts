import { defineNode, MAIN, NONE, operation } from '../define.ts';

export const manualTrigger = defineNode({
  type: 'manual-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Manual trigger',
  category: 'Triggers',
  description: 'Starts the workflow when you press Run.',
  search: ['start', 'button', 'test', 'run', 'click'],
  icon: 'mouse-pointer-click',
  color: 'emerald',
  startedBy: 'hand',
  operations: {
    default: operation({
      label: 'When you press Run',
      summary: 'Starts with one empty item, or with the items given to the run.',
      effect: 'pure',
      fields: {},
      inputs: NONE,
      outputs: MAIN,
      sample: [{ json: {} }],
    }),
  },
});
