'use client';
import { useState } from 'react';
import type { z } from 'zod';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { FieldError } from '#components/ui/field-error.tsx';
import { Label } from '#components/ui/label.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { useSchemaForm } from '#components/ui/use-schema-form.ts';
import { useMay, useMe } from '#components/workspaces/me-provider.tsx';
import { type ApiScope, createApiKeySchema, isAdminScope } from '#server/api-keys/schema.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { groupsFor, type ScopeOwner } from './scopes.ts';

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: 'never', label: 'Never' },
] as const;

const schema = createApiKeySchema.extend({
  scopes: createApiKeySchema.shape.scopes.refine((scopes) => scopes.length > 0, 'Choose at least one.'),
});

interface CreateApiKeyFormProps {
  pending: boolean;
  error: string | null;
  onCreate: (input: z.output<typeof createApiKeySchema>) => void;
  onClose: () => void;
}

export function CreateApiKeyForm({ pending, error, onCreate, onClose }: CreateApiKeyFormProps) {
  const may = useMay();
  const { isAdmin } = useMe().user;
  const owners: ScopeOwner[] = [
    'editor',
    ...(may.administer ? (['admin'] as const) : []),
    ...(isAdmin ? (['operator'] as const) : []),
  ];
  const groups = groupsFor(owners);
  const [scopes, setScopes] = useState<readonly ApiScope[]>(() =>
    groups.flatMap((group) => group.scopes.map(({ scope }) => scope)).filter((scope) => !isAdminScope(scope)),
  );
  const [lifetime, setLifetime] = useState<string>('90');
  const { form, errors } = useSchemaForm(schema, onCreate, {
    scopes,
    expiresInDays: lifetime === 'never' ? undefined : Number(lifetime),
  });
  return (
    <form {...form} className="flex min-h-0 flex-col">
      <DialogHeader>
        <DialogTitle>Create API key</DialogTitle>
        <DialogDescription>It acts for you in this workspace, within the limits below.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        {error ? <Callout tone="danger">{error}</Callout> : null}
        <TextField
          label="Name"
          name="name"
          placeholder="Deployment script"
          maxLength={80}
          autoComplete="off"
          required
          error={errors.name}
        />
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1.5 text-ui font-medium">It may</legend>
          <ScopeChoice groups={groups} value={scopes} onChange={setScopes} />
          <FieldError message={scopes.length === 0 ? errors.scopes : undefined} />
        </fieldset>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="lifetime">Expires after</Label>
          <Select value={lifetime} onValueChange={setLifetime}>
            <SelectTrigger id="lifetime" className="sm:w-48">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {LIFETIMES.map(({ value, label }) => (
                <SelectItem key={value} value={value}>
                  {label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          Create key
        </Button>
      </DialogFooter>
    </form>
  );
}
