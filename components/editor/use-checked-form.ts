'use client';

import { useState } from 'react';
import type { Issue } from '#engine/node.ts';
import type { Field, Fields } from '#nodes/fields.ts';

/**
 * A form over settings that must be valid at all times: `accept` says whether it took a value. One that was refused
 * stays in its field with the reason, and the setting stays as it was.
 */
export function useCheckedForm(
  fields: Fields,
  values: Record<string, unknown>,
  accept: (name: string, value: unknown) => boolean,
): { values: Record<string, unknown>; issues: Issue[]; onChange: (name: string, value: unknown) => void } {
  const [refused, setRefused] = useState<Record<string, unknown>>({});
  return {
    values: { ...values, ...refused },
    issues: Object.keys(refused).flatMap((name): Issue[] =>
      fields[name]
        ? [{ code: 'invalid-setting', severity: 'error', field: name, message: demand(fields[name]) }]
        : [],
    ),
    onChange: (name, value) => {
      const { [name]: _, ...others } = refused;
      setRefused(accept(name, value) ? others : { ...others, [name]: value });
    },
  };
}

function demand(field: Field): string {
  if (field.kind !== 'number') return 'This is not possible here.';
  const { min, max } = field;
  const from = min === undefined ? '' : ` from ${min.toLocaleString('en')}`;
  const to = max === undefined ? '' : ` to ${max.toLocaleString('en')}`;
  return `Enter a whole number${from}${to}.`;
}
