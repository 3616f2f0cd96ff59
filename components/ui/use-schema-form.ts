'use client';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';

interface SchemaForm {
  /** Spread over the `<form>`. */
  form: {
    noValidate: true;
    onSubmit: (event: FormEvent<HTMLFormElement>) => void;
    onInput: (event: FormEvent<HTMLFormElement>) => void;
  };
  /** First message of each field, by its `name`. */
  errors: Record<string, string | undefined>;
}

/**
 * Checks an uncontrolled form with the same schema that the server uses. Messages appear on submit, go away as the
 * field is edited, and the first wrong field gets the focus.
 */
export function useSchemaForm<S extends z.ZodObject>(
  schema: S,
  onValid: (values: z.output<S>) => void,
  extra: Record<string, unknown> = {},
): SchemaForm {
  const [errors, setErrors] = useState<Record<string, string | undefined>>({});
  return {
    errors,
    form: {
      noValidate: true,
      onSubmit(event) {
        event.preventDefault();
        event.stopPropagation(); // a dialog's form may stand inside another form of the React tree
        const form = event.currentTarget;
        const result = schema.safeParse({ ...Object.fromEntries(new FormData(form)), ...extra });
        if (result.success) {
          setErrors({});
          onValid(result.data);
          return;
        }
        const found: Record<string, string> = {};
        for (const issue of result.error.issues) found[String(issue.path[0])] ??= issue.message;
        setErrors(found);
        const first = [...form.elements].find((element) => (element.getAttribute('name') ?? '') in found);
        if (first instanceof HTMLElement) first.focus();
      },
      onInput(event) {
        const { target } = event;
        if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
        if (errors[target.name]) setErrors(({ [target.name]: _fixed, ...others }) => others);
      },
    },
  };
}
