import { text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** Kinds of credentials that n8n has for any service. */
const GENERIC: ReadonlySet<string> = new Set([
  'httpBasicAuth',
  'httpDigestAuth',
  'httpBearerAuth',
  'httpHeaderAuth',
  'httpQueryAuth',
  'httpCustomAuth',
  'httpSslAuth',
  'oAuth1Api',
  'oAuth2Api',
]);

export interface TheirAuth {
  parameters: Values;
  /** What is left to do. */
  todo?: string;
}

/** Secrets stay here. Which kind n8n's node takes goes along where it came from there: ours is known by its id only. */
export function theirAuth(ours: Values): TheirAuth {
  const auth = theirKind(ours);
  if (ours.sendCertificate !== true) return auth;
  return {
    parameters: { ...auth.parameters, provideSslCertificates: true },
    todo: [auth.todo, 'Connect its certificate in n8n: secrets do not go along.']
      .filter((one) => one !== undefined)
      .join(' '),
  };
}

function theirKind({ authentication, credentialType }: Values): TheirAuth {
  if (authentication !== 'credential') return { parameters: {} };
  const type = text(credentialType);
  const todo = 'Connect its credential in n8n: secrets do not go along.';
  if (type === '') return { parameters: { authentication: 'genericCredentialType' }, todo };
  return {
    parameters: GENERIC.has(type)
      ? { authentication: 'genericCredentialType', genericAuthType: type }
      : { authentication: 'predefinedCredentialType', nodeCredentialType: type },
    todo,
  };
}
