import { text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** Kinds of credentials that n8n has for any service. */
const GENERIC: Record<string, string> = {
  basic: 'httpBasicAuth',
  digest: 'httpDigestAuth',
  bearer: 'httpBearerAuth',
  header: 'httpHeaderAuth',
  query: 'httpQueryAuth',
};
const ALL_GENERIC: ReadonlySet<string> = new Set([
  ...Object.values(GENERIC),
  'httpCustomAuth',
  'httpSslAuth',
  'oAuth1Api',
  'oAuth2Api',
]);
const FIELDS = [
  'authentication',
  'user',
  'password',
  'token',
  'headerName',
  'headerValue',
  'queryName',
  'queryValue',
];

export interface TheirAuth {
  parameters: Values;
  /** What is left to do. */
  todo?: string;
  /** Fields that stand in the credential there. */
  same: readonly string[];
}

/** n8n keeps secrets in credentials, never in workflows: which kind it takes goes along, and the secret stays. */
export function theirAuth({ authentication, credentialType }: Values): TheirAuth {
  const kind = text(authentication, 'none');
  if (kind === 'none') return { parameters: {}, same: [] };
  const type = kind === 'credential' ? text(credentialType) : (GENERIC[kind] ?? '');
  const todo = 'Connect its credential in n8n: secrets do not go along.';
  if (type === '' || type === 'credential')
    return { parameters: { authentication: 'genericCredentialType' }, todo, same: [] };
  return {
    parameters: ALL_GENERIC.has(type)
      ? { authentication: 'genericCredentialType', genericAuthType: type }
      : { authentication: 'predefinedCredentialType', nodeCredentialType: type },
    todo,
    same: kind === 'credential' ? [] : [...FIELDS],
  };
}
