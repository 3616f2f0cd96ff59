import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importNode } from '../n8n-testing.ts';
import { jsonOf, type NodeTest, runNode } from '../testing.ts';
import { totpNode } from './execute.ts';

/** The secret of the test vectors of RFC 6238, as Base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const run = async (parameters: JsonObject, seconds: number, more: NodeTest = {}) =>
  jsonOf(
    await runNode(totpNode, {
      ...more,
      parameters: more.credentials ? parameters : { keyFrom: 'field', ...parameters },
      items: [{ id: 1 }],
      now: seconds * 1000,
    }),
  )[0];

test('makes the codes of RFC 6238', async () => {
  expect(await run({ secret, digits: '8' }, 59)).toEqual({ id: 1, token: '94287082', secondsRemaining: 1 });
  expect(await run({ secret, digits: '8' }, 1111111109)).toMatchObject({ token: '07081804' });
});

test('takes the secret of a credential', async () => {
  const credentials = { key: { type: 'totp', data: { secret } } };
  expect(await run({ digits: '8' }, 59, { credentials })).toMatchObject({ token: '94287082' });
  expect(await run({ operation: 'verify', code: '287082' }, 59, { credentials })).toMatchObject({
    isValid: true,
  });
  const wrong = { key: { type: 'totp', data: { secret: '0189!' } } };
  await expect(run({}, 0, { credentials: wrong })).rejects.toMatchObject({
    data: { kind: 'config', field: 'credentials.key' },
  });
});

test('a second that has begun counts as one that remains', async () => {
  expect(await run({ secret }, 59.5)).toMatchObject({ secondsRemaining: 1 });
});

test('takes secrets as apps show them, and other periods', async () => {
  const spaced = 'gezd gnbv gy3t qojq gezd gnbv gy3t qojq';
  const options = { period: 60, keepFields: false };
  expect(await run({ secret: spaced, options }, 90)).toEqual({ token: '287082', secondsRemaining: 30 });
});

test('checks codes, those just before and after too', async () => {
  const check = async (code: string, seconds: number, options = {}) =>
    (await run({ operation: 'verify', secret, code, options }, seconds))!.isValid;
  expect([await check('287 082', 59), await check('287082', 61), await check('287082', 29)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([
    await check('287082', 95),
    await check('287082', 61, { window: 0 }),
    await check('000000', 59),
  ]).toEqual([false, false, false]);
});

test('says what a secret must look like', async () => {
  await expect(run({ secret: '0189!' }, 0)).rejects.toMatchObject({
    data: { kind: 'config', field: 'secret' },
  });
  await expect(run({}, 0)).rejects.toMatchObject({ data: { field: 'secret' } });
});

test('n8n: the secret is in a credential', () => {
  expect(importNode('totp', 1, { additionalOptions: { algorithm: 'SHA256', digits: 8 } })).toMatchObject({
    status: 'mapped',
    parameters: { digits: '8', options: { algorithm: 'SHA256', keepFields: false } },
  });
  expect(importNode('totp', 1, {}, { totpApi: { secret: 'ABC' } })).toMatchObject({
    status: 'mapped',
    credentials: { key: 'totpApi' },
  });
});
