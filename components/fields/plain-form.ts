import type { FormContextValue } from './form-context.tsx';

/** A form without templates, issues or a node behind it. */
export const PLAIN_FORM: FormContextValue = {
  readOnly: false,
  issues: [],
  world: { json: null, nodeNames: [], sampleOf: () => null, evaluate: () => null },
  timezone: 'UTC',
  focusField: null,
  listWorkflows: null,
  listTables: null,
};
