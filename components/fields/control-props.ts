import type { Field } from '#nodes/fields.ts';

/** What every control gets. `path` is the field's place inside the node's parameters: `conditions.rows.0.left`. */
export interface ControlProps<F extends Field = Field> {
  field: F;
  value: unknown;
  /** `undefined` takes the value away, so that the default counts again. */
  onChange: (value: unknown) => void;
  path: string;
  /** For `<label htmlFor>`. */
  id: string;
}
