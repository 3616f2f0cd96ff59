'use client';
import { useMemo } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { PLAIN_FORM } from '#components/fields/plain-form.ts';
import { Callout } from '#components/ui/callout.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { CredentialType } from '#nodes/credential-types/define.ts';
import { type CredentialDraft, fieldsWithSecrets } from './credential-draft.ts';
import { fromDay, toDay } from './ends-on.ts';
import type { FieldProblem } from './field-problem.ts';
import { HostsField } from './hosts-field.tsx';
import { RedirectAddress } from './redirect-address.tsx';
import { SharingField } from './sharing-field.tsx';

interface CredentialFieldsProps {
  kind: CredentialType;
  draft: CredentialDraft;
  onChange: (change: Partial<CredentialDraft>) => void;
  /** Names of secrets that are set already. */
  secrets?: readonly string[];
  makerId: string | null;
  readOnly?: boolean;
  problem: FieldProblem | null;
}

/** Everything that can be said of a credential, for a new one and for one that is there. */
export function CredentialFields({
  kind,
  draft,
  onChange,
  secrets = [],
  makerId,
  readOnly = false,
  problem,
}: CredentialFieldsProps) {
  const fields = useMemo(() => fieldsWithSecrets(kind.fields, secrets), [kind, secrets]);
  const form = useMemo(
    () => ({
      ...PLAIN_FORM,
      readOnly,
      issues: problem?.field?.startsWith('data.')
        ? [{ code: 'refused', severity: 'error' as const, field: problem.field, message: problem.message }]
        : [],
      focusField: problem?.field ?? null,
    }),
    [readOnly, problem],
  );
  const errorAt = (field: string) => (problem?.field === field ? problem.message : undefined);
  return (
    // relative: hidden controls of the form stand absolutely, and must scroll along
    <div className="relative flex flex-col gap-4">
      {problem && problem.field === null ? <Callout tone="danger">{problem.message}</Callout> : null}
      <TextField
        label="Name of the credential"
        name="name"
        value={draft.name}
        maxLength={120}
        autoComplete="off"
        readOnly={readOnly}
        error={errorAt('name')}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {kind.connects?.(draft.data) && !readOnly ? <RedirectAddress /> : null}
      <FormProvider value={form}>
        <Form
          fields={fields}
          values={draft.data}
          path="data."
          // what is left out stays as it was, so a field that was emptied has to be sent as empty
          onChange={(name, value) => onChange({ data: { ...draft.data, [name]: value ?? '' } })}
        />
      </FormProvider>
      {kind.use === 'http' ? (
        <HostsField
          hosts={draft.allowedHosts}
          readOnly={readOnly}
          error={errorAt('allowedHosts')}
          onChange={(allowedHosts) => onChange({ allowedHosts })}
        />
      ) : null}
      <SharingField
        sharing={draft.sharing}
        members={draft.members}
        makerId={makerId}
        readOnly={readOnly}
        error={errorAt('members')}
        onChange={onChange}
      />
      <TextField
        label="Ends on"
        name="expiresAt"
        type="date"
        className="sm:w-48"
        value={toDay(draft.expiresAt)}
        readOnly={readOnly}
        error={errorAt('expiresAt')}
        help="When the secret stops being good, if you know. Whoever made it gets a mail a week before."
        onChange={(event) => onChange({ expiresAt: fromDay(event.target.value) })}
      />
    </div>
  );
}
