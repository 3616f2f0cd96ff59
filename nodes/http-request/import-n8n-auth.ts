import { counterpartOf } from '../credential-types/from-n8n.ts';
import { httpCredentialTypes } from '../credential-types/registry.ts';
import { compact, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** What the first version called its kinds of credentials, and GraphQL still does. */
export const FIRST_NAMES: Readonly<Record<string, string>> = {
  basicAuth: 'httpBasicAuth',
  customAuth: 'httpCustomAuth',
  digestAuth: 'httpDigestAuth',
  headerAuth: 'httpHeaderAuth',
  oAuth1: 'oAuth1Api',
  oAuth2: 'oAuth2Api',
  queryAuth: 'httpQueryAuth',
};

export interface ImportedAuth {
  parameters: Values;
  /** By the node's places: n8n's type of what belongs there. */
  credentials?: Record<string, string>;
  /** What is left to do beside choosing a credential, which the node asks for itself. */
  todo?: string;
}

/** Files name a credential, but never hold it: its place stays empty unless the caller knows it. */
export function authOf(parameters: Values): ImportedAuth {
  const mode = text(parameters.authentication, 'none');
  if (mode === 'none') return { parameters: {} };
  const type =
    mode === 'genericCredentialType'
      ? text(parameters.genericAuthType)
      : mode === 'predefinedCredentialType'
        ? text(parameters.nodeCredentialType)
        : (FIRST_NAMES[mode] ?? mode);
  const made = compact({ authentication: 'credential', credentialType: type || undefined });
  if (type === '') return { parameters: made };
  if (counterpartOf(type, httpCredentialTypes)) return { parameters: made, credentials: { auth: type } };
  return {
    parameters: made,
    credentials: { auth: type },
    todo: `Its kind of credential (${type}) is not known here: choose another one that the service takes, such as a token.`,
  };
}

/** Goes along with any authentication. */
export const certificateOf = ({ provideSslCertificates }: Values): ImportedAuth =>
  provideSslCertificates === true
    ? { parameters: { sendCertificate: true }, credentials: { certificate: 'httpSslAuth' } }
    : { parameters: {} };
