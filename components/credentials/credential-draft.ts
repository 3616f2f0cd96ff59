import type { CredentialType } from '#nodes/credential-types/define.ts';
import type { Fields, TextField } from '#nodes/fields.ts';
import type { CredentialDetail, Sharing } from '#server/credentials/schema.ts';

/** What the form holds until it is sent. */
export interface CredentialDraft {
  name: string;
  /** By field; a secret that is empty stays what it was. */
  data: Record<string, unknown>;
  allowedHosts: readonly string[];
  sharing: Sharing;
  members: readonly string[];
  expiresAt: Date | null;
}

export const emptyDraft = (kind: CredentialType): CredentialDraft => ({
  name: kind.name,
  data: {},
  allowedHosts: [],
  sharing: 'workspace',
  members: [],
  expiresAt: null,
});

export const draftOf = (credential: CredentialDetail): CredentialDraft => ({
  name: credential.name,
  data: credential.fields,
  allowedHosts: credential.allowedHosts,
  sharing: credential.sharing,
  members: credential.members.map(({ id }) => id),
  expiresAt: credential.expiresAt,
});

/** A name that says what it opens: “API key · api.example.com”. */
export function proposedName(kind: CredentialType, { data, allowedHosts }: CredentialDraft): string {
  const server = typeof data.host === 'string' ? data.host.trim() : '';
  const place = allowedHosts[0] ?? (URL.parse(String(data.tokenUrl ?? ''))?.host || server);
  return place ? `${kind.name} · ${place}`.slice(0, 120) : kind.name;
}

/** The kind's fields; secrets that are set already need not be given again. */
export function fieldsWithSecrets(fields: Fields, secrets: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) =>
      (field as TextField).secret && secrets.includes(name)
        ? [name, { ...field, required: false, placeholder: 'Is set – leave empty to keep it' }]
        : [name, field],
    ),
  );
}
