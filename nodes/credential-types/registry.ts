import { basic, digest } from './basic.ts';
import { clientCertificate } from './client-certificate.ts';
import type { CredentialType } from './define.ts';
import { jwtKey, privateKey, signingSecret, totpSecret } from './keys.ts';
import { imap, smtp } from './mail.ts';
import { oauth1 } from './oauth1.ts';
import { oauth2 } from './oauth2.ts';
import { apiKey, bearer, custom, header, query } from './tokens.ts';

/** Every kind of credential, in the order of the page that offers them. */
export const credentialTypes: readonly CredentialType[] = [
  apiKey,
  bearer,
  basic,
  oauth2,
  header,
  query,
  digest,
  custom,
  oauth1,
  clientCertificate,
  smtp,
  imap,
  jwtKey,
  signingSecret,
  privateKey,
  totpSecret,
];

const byType = new Map(credentialTypes.map((type) => [type.type, type]));

export const findCredentialType = (type: string): CredentialType | undefined => byType.get(type);

/** Kinds that an HTTP request can be made with. */
export const httpCredentialTypes: readonly string[] = credentialTypes.flatMap(({ type, use }) =>
  use === 'http' ? [type] : [],
);
