import { isPlain } from '../paths.ts';

type Data = Readonly<Record<string, unknown>>;
export interface Counterpart {
  type: string;
  /** What theirs holds, as ours. */
  data(theirs: Data): Record<string, unknown>;
}

const same =
  (...names: string[]) =>
  (theirs: Data): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, theirs[name] ?? '']));

/** Names that n8n has for kinds of credentials that we have too. */
const COUNTERPARTS: Readonly<Record<string, Counterpart | readonly Counterpart[]>> = {
  httpBasicAuth: { type: 'basic', data: same('user', 'password') },
  httpDigestAuth: { type: 'digest', data: same('user', 'password') },
  httpBearerAuth: { type: 'bearer', data: same('token') },
  httpHeaderAuth: { type: 'header', data: same('name', 'value') },
  httpQueryAuth: { type: 'query', data: same('name', 'value') },
  httpCustomAuth: { type: 'custom', data: same('json') },
  oAuth2Api: {
    type: 'oauth2',
    data: (theirs) => ({
      grant: theirs.grantType === 'clientCredentials' ? 'client-credentials' : 'authorization-code',
      authorizationUrl: theirs.authUrl ?? '',
      tokenUrl: theirs.accessTokenUrl ?? '',
      clientId: theirs.clientId ?? '',
      clientSecret: theirs.clientSecret ?? '',
      scope: theirs.scope ?? '',
      clientAuthentication: theirs.authentication ?? 'header',
      authorizationParameters: theirs.authQueryParameters ?? '',
    }),
  },
  oAuth1Api: { type: 'oauth1', data: oauth1Of },
  httpSslAuth: {
    type: 'client-certificate',
    data: ({ ca, cert, key, passphrase }) => ({
      certificate: cert ?? '',
      privateKey: key ?? '',
      passphrase: passphrase ?? '',
      ca: ca ?? '',
    }),
  },
  smtp: {
    type: 'smtp',
    data: ({ user, password, host, port, secure, disableStartTls }) => ({
      host: host ?? '',
      ...(typeof port === 'number' ? { port } : {}),
      security: secure === false ? (disableStartTls === true ? 'none' : 'starttls') : 'tls',
      user: user ?? '',
      password: password ?? '',
    }),
  },
  imap: {
    type: 'imap',
    data: ({ user, password, host, port, secure }) => ({
      host: host ?? '',
      ...(typeof port === 'number' ? { port } : {}),
      security: secure === false ? 'starttls' : 'tls',
      user: user ?? '',
      password: password ?? '',
    }),
  },
  jwtAuth: {
    type: 'jwt',
    data: ({ algorithm, secret, publicKey, privateKey }) => ({
      algorithm: algorithm ?? 'HS256',
      secret: secret ?? '',
      publicKey: publicKey ?? '',
      privateKey: privateKey ?? '',
    }),
  },
  totpApi: { type: 'totp', data: same('secret') },
  // one credential for two of ours: what it is for depends on the node
  crypto: [
    { type: 'webhook-signature', data: ({ hmacSecret }) => ({ secret: hmacSecret ?? '' }) },
    { type: 'private-key', data: ({ signPrivateKey }) => ({ privateKey: signPrivateKey ?? '' }) },
  ],
};

/** Tokens that it holds count as given; without them somebody has to consent. */
function oauth1Of(theirs: Data): Record<string, unknown> {
  const { authUrl, requestTokenUrl, accessTokenUrl, consumerKey, consumerSecret, signatureMethod } = theirs;
  const tokens = isPlain(theirs.oauthTokenData) ? theirs.oauthTokenData : {};
  const { oauth_token: accessToken, oauth_token_secret: tokenSecret } = tokens;
  return {
    ...(accessToken === undefined && requestTokenUrl
      ? {
          flow: 'consent',
          requestTokenUrl,
          authorizationUrl: authUrl ?? '',
          accessTokenUrl: accessTokenUrl ?? '',
        }
      : { flow: 'tokens', accessToken: accessToken ?? '', tokenSecret: tokenSecret ?? '' }),
    consumerKey: consumerKey ?? '',
    consumerSecret: consumerSecret ?? '',
    signatureMethod: signatureMethod ?? 'HMAC-SHA1',
  };
}

const counterparts = (n8nType: string): readonly Counterpart[] =>
  Object.hasOwn(COUNTERPARTS, n8nType) ? [COUNTERPARTS[n8nType]!].flat() : [];

/** Our kind for one of theirs, one that fits where only some do; undefined where there is none. */
export const counterpartOf = (n8nType: string, fitting?: readonly string[]): Counterpart | undefined =>
  counterparts(n8nType).find(({ type }) => !fitting || fitting.includes(type));

/** Their name of our kind. */
export const n8nNameOf = (type: string): string | undefined =>
  Object.keys(COUNTERPARTS).find((name) => counterparts(name).some((one) => one.type === type));

/** The id that an import gives a credential which only its caller knows: the name that n8n has for its type. */
export const localId = (n8nType: string, kind: string): string =>
  counterparts(n8nType).length > 1 ? `${n8nType}/${kind}` : n8nType;

/** What n8n's credentials hold, by their types, as credentials of ours by those ids. Types that we do not have are left out. */
export const localCredentials = (
  given: Readonly<Record<string, Data>>,
): Record<string, { type: string; data: Record<string, unknown> }> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([n8nType, theirs]) =>
      counterparts(n8nType).map(({ type, data }) => [localId(n8nType, type), { type, data: data(theirs) }]),
    ),
  );
