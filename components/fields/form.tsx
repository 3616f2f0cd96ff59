'use client';

import { type Field, type Fields, isShown } from '#nodes/fields.ts';
import { FieldView } from './field.tsx';

interface FormProps {
  fields: Fields;
  values: Record<string, unknown>;
  onChange: (name: string, value: unknown) => void;
  /** Where these fields lie: '' at the top, `rules.0.` inside a row. */
  path?: string;
  /** What stands beside the label of one field, such as its remove button. */
  aside?: (name: string, field: Field) => React.ReactNode;
}

/** A form from field definitions: those that these values show, in their order. */
export function Form({ fields, values, onChange, path = '', aside }: FormProps) {
  return (
    <div className="flex flex-col gap-3.5">
      {Object.entries(fields)
        .filter(([, field]) => !field.hidden && isShown(field, fields, values))
        .map(([name, field]) => (
          <FieldView
            key={name}
            field={field}
            value={values[name]}
            onChange={(value) => onChange(name, value)}
            path={`${path}${name}`}
            aside={aside?.(name, field)}
          />
        ))}
    </div>
  );
}
