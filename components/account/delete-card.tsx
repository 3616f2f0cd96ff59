'use client';
import { useState } from 'react';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { ProofFields } from './proof-fields.tsx';

interface DeleteFormProps<S extends z.ZodObject> {
  schema: S;
  /** What one types to show that this one is meant, and the field of the schema that it goes into. */
  typed: { name: string; label: string; text: string; type?: 'email' };
  /** On the button that does it. */
  label: string;
  deletion: {
    mutate: (values: z.output<S>) => void;
    reset: () => void;
    isPending: boolean;
    isSuccess: boolean;
    error: unknown;
  };
}

/** For what is gone with one call: asks first, and for more than a session. */
export function DeleteCard<S extends z.ZodObject>({
  title,
  description,
  ...form
}: DeleteFormProps<S> & { title: string; description: string }) {
  const [open, setOpen] = useState(false);
  const cancel = () => {
    form.deletion.reset();
    setOpen(false);
  };
  return (
    <Card>
      <CardHeader
        title={title}
        description={description}
        action={
          open ? null : (
            <Button variant="danger-ghost" onClick={() => setOpen(true)}>
              Delete…
            </Button>
          )
        }
      />
      {open ? <DeleteForm {...form} onCancel={cancel} /> : null}
    </Card>
  );
}

function DeleteForm<S extends z.ZodObject>({
  schema,
  typed,
  label,
  deletion,
  onCancel,
}: DeleteFormProps<S> & { onCancel: () => void }) {
  const { form, errors } = useSchemaForm(schema, (values) => deletion.mutate(values));
  return (
    <form {...form} className="flex flex-col gap-4 px-5 pb-5">
      <TextField
        label={typed.label}
        name={typed.name}
        type={typed.type}
        autoComplete="off"
        help={
          <>
            Type <strong className="font-medium text-foreground">{typed.text}</strong> to show that you mean
            it.
          </>
        }
        required
        error={errors[typed.name]}
      />
      <ProofFields errors={errors} failure={deletion.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="danger" pending={deletion.isPending || deletion.isSuccess}>
          {label}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
