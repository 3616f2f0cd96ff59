import { expect, test } from 'vitest';
import { checkFields } from '../check.ts';
import { counterpartOf, localCredentials, localId, n8nNameOf } from './from-n8n.ts';
import { credentialTypes, findCredentialType } from './registry.ts';

const THEIRS: Record<string, Record<string, unknown>> = {
  httpBasicAuth: { user: 'u', password: 'p' },
  httpDigestAuth: { user: 'u', password: 'p' },
  httpBearerAuth: { token: 't' },
  httpHeaderAuth: { name: 'h', value: 'v' },
  httpQueryAuth: { name: 'q', value: 'v' },
  httpCustomAuth: { json: '{"headers":{"a":"b"}}' },
  oAuth2Api: {
    grantType: 'clientCredentials',
    accessTokenUrl: 'https://a.test',
    clientId: 'c',
    clientSecret: 's',
  },
  oAuth1Api: {
    requestTokenUrl: 'https://a.test/r',
    authUrl: 'https://a.test/a',
    accessTokenUrl: 'https://a.test/t',
    consumerKey: 'c',
    consumerSecret: 's',
    signatureMethod: 'HMAC-SHA256',
  },
  httpSslAuth: { ca: 'ca', cert: 'c', key: 'k', passphrase: 'p' },
  smtp: { host: 'h', port: 587, secure: false, user: 'u', password: 'p' },
  imap: { host: 'h', port: 993, secure: true, user: 'u', password: 'p' },
  jwtAuth: { keyType: 'passphrase', secret: 's', algorithm: 'HS384' },
  totpApi: { label: 'x', secret: 'ABC' },
  crypto: { hmacSecret: 's', signPrivateKey: 'k' },
};

test.each(Object.entries(THEIRS))('%s becomes a credential that is complete', (n8nType, theirs) => {
  const made = Object.values(localCredentials({ [n8nType]: theirs }));
  expect(made.length).toBeGreaterThan(0);
  for (const { type, data } of made) expect(checkFields(findCredentialType(type)!.fields, data)).toEqual([]);
});

test('finds the kind that fits, and nothing for others', () => {
  expect(counterpartOf('crypto', ['private-key'])?.type).toBe('private-key');
  expect(counterpartOf('crypto')?.type).toBe('webhook-signature');
  expect(counterpartOf('httpBasicAuth', ['smtp'])).toBeUndefined();
  expect(counterpartOf('slackApi')).toBeUndefined();
  expect(counterpartOf('constructor')).toBeUndefined();
  expect(n8nNameOf('bearer')).toBe('httpBearerAuth');
  expect(n8nNameOf('api-key')).toBeUndefined();
});

test('every counterpart is a kind that exists', () => {
  const kinds = Object.keys(THEIRS).map((n8nType) => counterpartOf(n8nType)?.type);
  expect(credentialTypes.map(({ type }) => type)).toEqual(expect.arrayContaining(kinds));
});

test('one credential of theirs that is two of ours has two ids', () => {
  const made = localCredentials({
    crypto: THEIRS.crypto!,
    totpApi: THEIRS.totpApi!,
    slackApi: { token: 'x' },
  });
  expect(made).toEqual({
    [localId('crypto', 'webhook-signature')]: { type: 'webhook-signature', data: { secret: 's' } },
    [localId('crypto', 'private-key')]: { type: 'private-key', data: { privateKey: 'k' } },
    totpApi: { type: 'totp', data: { secret: 'ABC' } },
  });
});

test.each([
  [{ secure: false }, 'starttls'],
  [{ secure: false, disableStartTls: true }, 'none'],
  [{}, 'tls'],
])('smtp %j is %s', (theirs, security) => {
  expect(counterpartOf('smtp')!.data(theirs)).toMatchObject({ security });
});

test('OAuth 1 with tokens needs nobody to consent, and without them somebody', () => {
  const of = counterpartOf('oAuth1Api')!.data;
  const asked = of(THEIRS.oAuth1Api!);
  expect(asked).toEqual({
    flow: 'consent',
    requestTokenUrl: 'https://a.test/r',
    authorizationUrl: 'https://a.test/a',
    accessTokenUrl: 'https://a.test/t',
    consumerKey: 'c',
    consumerSecret: 's',
    signatureMethod: 'HMAC-SHA256',
  });
  const oauthTokenData = { oauth_token: 't', oauth_token_secret: 'ts' };
  expect(of({ ...THEIRS.oAuth1Api, oauthTokenData })).toEqual({
    flow: 'tokens',
    accessToken: 't',
    tokenSecret: 'ts',
    consumerKey: 'c',
    consumerSecret: 's',
    signatureMethod: 'HMAC-SHA256',
  });
  expect(of({ consumerKey: 'c' })).toMatchObject({ flow: 'tokens', signatureMethod: 'HMAC-SHA1' });
});

test('a certificate has our names', () => {
  expect(counterpartOf('httpSslAuth')!.data(THEIRS.httpSslAuth!)).toEqual({
    certificate: 'c',
    privateKey: 'k',
    passphrase: 'p',
    ca: 'ca',
  });
});
