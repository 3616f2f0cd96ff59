import type { ImportTools } from '../n8n.ts';
import { text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

/** What the first version called its kinds of credentials. */
const FIRST_NAMES: Record<string, string> = {
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
  /** What is left to do. */
  todo?: string;
}

/** Files name a credential, but never hold it: it is used where the caller knows it, and else has to be connected. */
export function authOf(parameters: Values, tools: ImportTools): ImportedAuth {
  const mode = text(parameters.authentication, 'none');
  if (mode === 'none') return { parameters: {} };
  const type =
    mode === 'genericCredentialType'
      ? text(parameters.genericAuthType)
      : mode === 'predefinedCredentialType'
        ? text(parameters.nodeCredentialType)
        : (FIRST_NAMES[mode] ?? mode);
  const secret = tools.credential(type);
  const known = secret && knownAuth(type, secret);
  if (known) return { parameters: known };
  return {
    parameters: { authentication: 'credential', credentialType: type || 'credential' },
    todo: `Connect its credential${type === '' ? '' : ` (${type})`}.`,
  };
}

function knownAuth(type: string, secret: Values): Values | undefined {
  const { user, password, token, name, value } = secret;
  switch (type) {
    case 'httpBasicAuth':
      return { authentication: 'basic', user, password };
    case 'httpDigestAuth':
      return { authentication: 'digest', user, password };
    case 'httpBearerAuth':
      return { authentication: 'bearer', token };
    case 'httpHeaderAuth':
      return { authentication: 'header', headerName: name, headerValue: value };
    case 'httpQueryAuth':
      return { authentication: 'query', queryName: name, queryValue: value };
    default:
      return undefined;
  }
}
