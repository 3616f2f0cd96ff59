import { createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { nodeCatalog } from '../definitions.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, type NodeTest, runNode } from '../testing.ts';
import { cryptoNode } from './execute.ts';

const run = async (parameters: JsonObject, credentials?: NodeTest['credentials']) =>
  jsonOf(
    await runNode(cryptoNode, {
      parameters: credentials ? parameters : { keyFrom: 'field', ...parameters },
      items: [{ id: 1 }],
      ...(credentials ? { credentials } : {}),
    }),
  )[0]!;

/** Of the text “hello”, from the command line tools md5sum, sha1sum, openssl. */
test.each([
  ['md5', 'hex', '5d41402abc4b2a76b9719d911017c592'],
  ['sha1', 'hex', 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d'],
  ['sha256', 'base64', 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ='],
  ['sha256', 'base64url', 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ'],
  ['sha3-256', 'hex', '3338be694f50c5f338814986cdf0686453a888b84f424d792af4b9202398f392'],
])('hashes with %s as %s', async (algorithm, encoding, expected) => {
  const parameters = { text: 'hello', algorithm, encoding };
  expect(await run(parameters)).toEqual({ id: 1, hash: expected });
});

test('makes an HMAC under the name it is given', async () => {
  const parameters = { operation: 'hmac', text: 'hello', secret: 'key', output: 'a.b' };
  expect(await run(parameters)).toEqual({
    id: 1,
    a: { b: '9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b' },
  });
});

test('takes keys of credentials', async () => {
  const secret = { key: { type: 'webhook-signature', data: { secret: 'key' } } };
  expect(await run({ operation: 'hmac', text: 'hello' }, secret)).toMatchObject({
    hmac: '9307b3b915efb5171ff14d8cb55fbcc798c6c0ef1456d66ded1a6aa723a58b7b',
  });
  const key = { key: { type: 'private-key', data: { privateKey: pem.replaceAll('\n', '|') } } };
  const { signature } = await run({ operation: 'sign', text: 'hello', encoding: 'base64' }, key);
  expect(createVerify('RSA-SHA256').update('hello').verify(publicKey, String(signature), 'base64')).toBe(
    true,
  );
  const wrong = { key: { type: 'private-key', data: { privateKey: 'my-secret-key' } } };
  await expect(run({ operation: 'sign', text: 'x' }, wrong)).rejects.toMatchObject({
    data: { kind: 'config', field: 'credentials.key' },
  });
  await expect(run({ operation: 'sign', text: 'x' }, secret)).rejects.toThrow('does not fit');
});

test('opening a credential is not made up for after a crash', () => {
  const effect = (parameters: JsonObject) => nodeCatalog.find('crypto', 1)!.effect(parameters);
  expect(effect({ operation: 'hmac' })).toBe('read');
  expect(effect({ operation: 'hmac', keyFrom: 'field' })).toBe('pure');
  expect(effect({ operation: 'hash' })).toBe('pure');
});

test('needs a secret', async () => {
  await expect(run({ operation: 'hmac', text: 'hello' })).rejects.toMatchObject({
    data: { field: 'secret' },
  });
});

test('hashes a file of the item, and says which one is missing', async () => {
  const files = { data: { mimeType: 'text/plain', sizeBytes: 5, data: 'aGVsbG8=' } };
  const inputs = { main: [{ json: {}, files }] };
  const { outputs } = await runNode(cryptoNode, { inputs, parameters: { source: 'file', algorithm: 'md5' } });
  expect(outputs.main).toEqual([
    { json: { hash: '5d41402abc4b2a76b9719d911017c592' }, files, source: { item: 0 } },
  ]);
  await expect(run({ source: 'file', file: 'photo' })).rejects.toMatchObject({
    data: { kind: 'config', field: 'file' },
  });
});

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

test.each([
  ['as it is', pem],
  ['pasted into one line', pem.replaceAll('\n', '\\n')],
])('signs with a key %s', async (_name, key) => {
  const { signature } = await run({ operation: 'sign', text: 'hello', privateKey: key, encoding: 'base64' });
  expect(createVerify('RSA-SHA256').update('hello').verify(publicKey, String(signature), 'base64')).toBe(
    true,
  );
});

test('signs files', async () => {
  const files = { data: { mimeType: 'text/plain', sizeBytes: 5, data: 'aGVsbG8=' } };
  const parameters = {
    operation: 'sign',
    source: 'file',
    keyFrom: 'field',
    privateKey: pem,
    encoding: 'base64',
  };
  const { outputs } = await runNode(cryptoNode, { inputs: { main: [{ json: {}, files }] }, parameters });
  const { signature } = outputs.main![0]!.json;
  expect(createVerify('RSA-SHA256').update('hello').verify(publicKey, String(signature), 'base64')).toBe(
    true,
  );
});

test('does not quote a key that is wrong', async () => {
  const wrong = run({ operation: 'sign', text: 'x', privateKey: 'my-secret-key' });
  await expect(wrong).rejects.toMatchObject({ data: { kind: 'config', field: 'privateKey' } });
  await expect(wrong).rejects.not.toThrow('my-secret-key');
  await expect(
    run({ operation: 'sign', text: 'x', privateKey: pem, algorithm: 'none' }),
  ).rejects.toMatchObject({
    data: { field: 'algorithm' },
  });
});

test.each([
  ['uuid', undefined, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
  ['letters', 40, /^[A-Za-z0-9]{40}$/],
  ['ascii', 12, /^[!-~]{12}$/],
  ['hex', 7, /^[0-9a-f]{7}$/],
  ['base64', undefined, /^[A-Za-z0-9+/]{32}$/],
])('generates %s', async (kind, length, expected) => {
  const parameters = { operation: 'generate', kind, ...(length === undefined ? {} : { length }) };
  const first = (await run(parameters)).random;
  expect(first).toMatch(expected);
  expect((await run(parameters)).random).not.toBe(first);
});

test('n8n: actions and their defaults', () => {
  const of = (parameters: JsonObject, version = 1) => importNode('crypto', version, parameters);
  expect(of({ value: '=x{{ 1 }}' })).toEqual({
    type: 'crypto',
    status: 'mapped',
    parameters: { operation: 'hash', text: 'x{{ 1 }}', algorithm: 'md5', output: 'data' },
  });
  expect(of({ binaryData: true, type: 'SHA3-512', encoding: 'base64' }).parameters).toEqual({
    operation: 'hash',
    source: 'file',
    file: 'data',
    algorithm: 'sha3-512',
    encoding: 'base64',
    output: 'data',
  });
  expect(of({ action: 'hmac', value: 'v', secret: 's' })).toMatchObject({
    status: 'mapped',
    parameters: { keyFrom: 'field', secret: 's' },
  });
  expect(of({ action: 'hmac', value: 'v' }, 2).parameters).not.toHaveProperty('keyFrom');
  expect(importNode('crypto', 2, { action: 'hmac' }, { crypto: { hmacSecret: 's' } })).toMatchObject({
    status: 'mapped',
    credentials: { key: 'crypto/webhook-signature' },
  });
  expect(importNode('crypto', 2, { action: 'sign' }, { crypto: {} })).toMatchObject({
    credentials: { key: 'crypto/private-key' },
  });
  expect(of({ action: 'sign', value: 'v', algorithm: 'RSA-MD5', privateKey: 'k' }).parameters).toMatchObject({
    operation: 'sign',
    algorithm: 'RSA-MD5',
  });
  expect(of({ action: 'generate', encodingType: 'ascii', dataPropertyName: 'pw' }).parameters).toEqual({
    operation: 'generate',
    kind: 'ascii',
    length: 32,
    output: 'pw',
  });
});
