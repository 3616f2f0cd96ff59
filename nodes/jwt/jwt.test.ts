import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { nodeCatalog } from '../definitions.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, type NodeTest, runNode } from '../testing.ts';
import { jwtNode } from './execute.ts';

const NOW = Date.UTC(2026, 0, 1);
const seconds = NOW / 1000;
const run = async (parameters: JsonObject, now = NOW, credentials?: NodeTest['credentials']) =>
  jsonOf(
    await runNode(jwtNode, {
      parameters: credentials ? parameters : { keyFrom: 'field', ...parameters },
      items: [{ id: 1 }],
      now,
      ...(credentials ? { credentials } : {}),
    }),
  )[0]!;
const sign = async (parameters: JsonObject = {}) =>
  String((await run({ secret: 'shh', payload: { user: 7 }, ...parameters })).token);
const verify = (token: string, parameters: JsonObject = {}, now = NOW) =>
  run({ operation: 'verify', secret: 'shh', token, ...parameters }, now);

test('makes tokens that it accepts, and puts their payload into the item', async () => {
  const token = await sign();
  expect(await verify(token)).toEqual({ id: 1, payload: { user: 7, iat: seconds } });
  expect(await verify(`Bearer ${token}`, { options: { complete: true, onlyResult: true } })).toEqual({
    header: { alg: 'HS256', typ: 'JWT' },
    payload: { user: 7, iat: seconds },
    signature: token.split('.')[2],
  });
});

test('makes the token that everybody makes', async () => {
  const payload = { sub: '1234567890', name: 'John Doe', admin: true, iat: 1516239022 };
  const token = await sign({
    secret: 'a-string-secret-at-least-256-bits-long',
    payload,
    options: { issuedAt: false },
  });
  expect(token.split('.')[2]).toBe('KMUFsIDTnFmyG3nMiGM6H9FNFUROf3wh7SmqJp-QV30');
});

test('writes claims under their short names', async () => {
  const claims = {
    issuer: 'me',
    subject: 'you',
    audience: 'them',
    id: 'x',
    expiresInSeconds: 60,
    notBeforeSeconds: 5,
  };
  const { auth } = await run({
    secret: 'shh',
    payload: '{"a": 1}',
    claims,
    options: { keyId: 'k1' },
    output: 'auth.token',
  });
  const decoded = await run({
    operation: 'decode',
    token: String((auth as JsonObject).token),
    options: { complete: true },
  });
  expect(decoded).toMatchObject({
    header: { kid: 'k1' },
    payload: {
      a: 1,
      iss: 'me',
      sub: 'you',
      aud: 'them',
      jti: 'x',
      exp: seconds + 60,
      nbf: seconds + 5,
      iat: seconds,
    },
  });
});

test.each<[string, JsonObject, JsonObject, number, string | null]>([
  ['expired', { expiresInSeconds: 10 }, {}, 10, 'has expired'],
  ['just good', { expiresInSeconds: 10 }, {}, 9, null],
  ['expired within tolerance', { expiresInSeconds: 10 }, { toleranceSeconds: 5 }, 14, null],
  ['expired, accepted', { expiresInSeconds: 10 }, { ignoreExpiration: true }, 99, null],
  ['not good yet', { notBeforeSeconds: 10 }, {}, 5, 'not good yet'],
  ['not good yet, accepted', { notBeforeSeconds: 10 }, { ignoreNotBefore: true }, 5, null],
  ['of another issuer', { issuer: 'a' }, { issuer: 'b' }, 0, 'comes from somebody else'],
  ['for another audience', { audience: 'a' }, { audience: 'b' }, 0, 'meant for somebody else'],
  ['for this audience', { audience: 'a' }, { audience: 'a' }, 0, null],
])('a token that is %s', async (_name, claims, options, later, message) => {
  const checked = verify(await sign({ claims }), { options }, NOW + later * 1000);
  if (message === null) await expect(checked).resolves.toHaveProperty('payload');
  else await expect(checked).rejects.toThrow(message);
});

test('refuses tokens with another secret, another algorithm, none, or changed', async () => {
  const token = await sign();
  await expect(verify(token, { secret: 'other' })).rejects.toThrow('signature of the token is not right');
  await expect(verify(token, { algorithm: 'HS512' })).rejects.toThrow('another algorithm');
  const [, payload] = token.split('.');
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
  await expect(verify(none)).rejects.toMatchObject({ data: { kind: 'config' } });
  await expect(verify('no.token')).rejects.toMatchObject({ data: { kind: 'config', field: 'token' } });
});

test.each(['RS256', 'PS384', 'ES256', 'EdDSA'])(
  'signs with a private key and checks with the public one: %s',
  async (algorithm) => {
    const pair =
      algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : algorithm === 'EdDSA'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const token = await sign({ algorithm, privateKey });
    expect(await verify(token, { algorithm, publicKey })).toMatchObject({ payload: { user: 7 } });
    await expect(verify(token, { secret: publicKey })).rejects.toThrow('another algorithm');
  },
);

test('takes key and algorithm of a credential', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pair = {
    algorithm: 'ES256',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
  const withKey = (data: JsonObject, parameters: JsonObject) =>
    run(parameters, NOW, { key: { type: 'jwt', data } });
  const made = async (data: JsonObject) =>
    String((await withKey(data, { payload: { user: 7 }, algorithm: 'RS256', secret: 'left over' })).token);
  const check = (data: JsonObject, token: string) => withKey(data, { operation: 'verify', token });
  for (const data of [pair, { algorithm: 'HS512', secret: 'shh' }]) {
    const token = await made(data);
    expect(await check(data, token)).toMatchObject({ payload: { user: 7 } });
    await expect(check({ algorithm: 'HS256', secret: 'shh' }, token)).rejects.toMatchObject({
      data: { message: expect.stringContaining('another algorithm'), field: 'credentials.key' },
    });
  }
  await expect(made({ ...pair, privateKey: '' })).rejects.toMatchObject({
    data: { kind: 'config', field: 'credentials.key', message: 'This credential holds no private key.' },
  });
  await expect(made({ ...pair, privateKey: 'my-secret-key' })).rejects.toMatchObject({
    data: { field: 'credentials.key', message: expect.not.stringContaining('my-secret-key') },
  });
});

test('says which field is wrong, without quoting it', async () => {
  const wrong = sign({ algorithm: 'RS256', privateKey: 'my-secret-key' });
  await expect(wrong).rejects.toMatchObject({ data: { kind: 'config', field: 'privateKey' } });
  await expect(wrong).rejects.not.toThrow('my-secret-key');
  await expect(sign({ payload: '[1]' })).rejects.toMatchObject({ data: { field: 'payload' } });
  await expect(sign({ secret: '' })).rejects.toMatchObject({ data: { field: 'secret' } });
  await expect(run({ operation: 'decode', token: 'x' })).rejects.toThrow('no JSON web token');
});

test('signatures that hold random numbers are not made again after a crash', () => {
  const effect = (algorithm?: string) =>
    nodeCatalog.find('jwt', 1)!.effect({ operation: 'sign', keyFrom: 'field', algorithm });
  expect(nodeCatalog.find('jwt', 1)!.effect({ operation: 'sign' })).toBe('read');
  expect(nodeCatalog.find('jwt', 1)!.effect({ operation: 'decode' })).toBe('pure');
  expect([effect(), effect('RS256'), effect('ES256'), effect('PS512')]).toEqual([
    'pure',
    'pure',
    'read',
    'read',
  ]);
});

test('n8n: claims keep their long names, the secret is in a credential', () => {
  const claims = { audience: 'a', expiresIn: 60 };
  expect(importNode('jwt', 1, { claims, options: { kid: 'k', algorithm: 'HS512' } })).toMatchObject({
    status: 'approximated',
    reason: 'Its credential decides about the algorithm here: it has to say HS512.',
    parameters: {
      operation: 'sign',
      payload: claims,
      claims: { expiresInSeconds: 60 },
      options: { keyId: 'k', onlyResult: true },
    },
  });
  expect(importNode('jwt', 1, { useJson: true, claimsJson: '{"a":1}' }).parameters).toMatchObject({
    payload: '{"a":1}',
  });
  expect(
    importNode('jwt', 1, {
      operation: 'verify',
      token: '={{ $json.t }}',
      options: { complete: true, ignoreExpiration: true, clockTolerance: 3 },
    }).parameters,
  ).toMatchObject({
    token: '{{ $json.t }}',
    options: { complete: true, ignoreExpiration: true, toleranceSeconds: 3 },
  });
  expect(importNode('jwt', 1, { operation: 'decode', token: 't' })).toMatchObject({ status: 'mapped' });
  const credentials = { jwtAuth: { keyType: 'passphrase', secret: 'shh', algorithm: 'HS384' } };
  expect(importNode('jwt', 1, { operation: 'verify', token: 't' }, credentials)).toMatchObject({
    status: 'mapped',
    credentials: { key: 'jwtAuth' },
  });
});
