import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type Authentication, authenticate, Challenge, headerReader } from './webhook-auth.ts';

const NOW_MS = 1_700_000_000_000;
const NOW = NOW_MS / 1000;

const enter = (
  kind: Authentication['kind'],
  credential: { type?: string; data: Record<string, unknown> },
  headers: Record<string, string>,
) =>
  authenticate(
    { kind, scheme: 'github' },
    { type: credential.type ?? (kind === 'signature' ? 'webhook-signature' : kind), data: credential.data },
    { header: (name) => headers[name] ?? null, body: Buffer.alloc(0), nowMs: NOW_MS },
  );
const LOCKED = /takes no calls/;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('user and password', () => {
  const data = { user: 'ada', password: 'pass:word' };
  it('let in who knows both, and ask everybody else', async () => {
    const proof = await enter('basic', { data }, { authorization: `Basic ${base64('ada:pass:word')}` });
    expect(proof).toEqual({ secretHeaders: ['authorization'] });
    for (const authorization of [
      '',
      'Basic',
      'Basic ',
      `Basic ${base64('ada')}`,
      `Basic ${base64('ada:')}`,
      `Basic ${base64('ada:pass:wordx')}`,
      `Basic ${base64('Ada:pass:word')}`,
      `Bearer ${base64('ada:pass:word')}`,
      base64('ada:pass:word'),
    ]) {
      const refusal = await enter('basic', { data }, { authorization }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(Challenge);
      expect((refusal as Challenge).challenge).toMatch(/^Basic realm=/);
    }
  });
  it.each([{}, { user: 'ada' }, { user: 'ada', password: '' }, { user: '', password: '' }, { password: 5 }])(
    'of %j let nobody in',
    async (empty) => {
      for (const said of ['ada:', ':', '', 'ada:undefined', 'ada:5'])
        await expect(
          enter('basic', { data: empty }, { authorization: `Basic ${base64(said)}` }),
        ).rejects.toThrow(LOCKED);
    },
  );
});

describe('a secret header', () => {
  const data = { name: 'X-Key', value: 's3cret' };
  it('lets in who sends its value', async () => {
    expect(await enter('header', { data }, { 'x-key': 's3cret' })).toEqual({ secretHeaders: ['x-key'] });
    for (const value of ['', 's3cre', 's3cretx', 'S3CRET', 's3cret, s3cret'])
      await expect(enter('header', { data }, { 'x-key': value })).rejects.toMatchObject({
        code: 'UNAUTHORIZED',
      });
  });
  it.each([{}, { name: 'x-key' }, { name: 'x-key', value: '' }, { name: ' ', value: 'x' }])(
    'of %j lets nobody in',
    async (empty) => {
      await expect(enter('header', { data: empty }, { 'x-key': '', '': 'x' })).rejects.toThrow(LOCKED);
    },
  );
});

describe('a token', () => {
  const secret = 'a secret of more than thirty-two bytes';
  const hs = { algorithm: 'HS256', secret };
  const key = new TextEncoder().encode(secret);
  const token = (claims: Record<string, unknown>, alg = 'HS256', by: Parameters<SignJWT['sign']>[0] = key) =>
    new SignJWT(claims).setProtectedHeader({ alg }).sign(by);
  const withToken = async (data: Record<string, unknown>, made: Promise<string> | string) =>
    enter('jwt', { data }, { authorization: `Bearer ${await made}` });

  it('gives its claims', async () => {
    const proof = await withToken(hs, token({ sub: 'ada', exp: NOW + 10, nbf: NOW - 10 }));
    expect(proof.jwtPayload).toEqual({ sub: 'ada', exp: NOW + 10, nbf: NOW - 10 });
    expect(proof.secretHeaders).toEqual(['authorization']);
  });
  it('is refused before and after its time', async () => {
    await expect(withToken(hs, token({ exp: NOW - 1 }))).rejects.toThrow('The token has expired.');
    await expect(withToken(hs, token({ nbf: NOW + 60 }))).rejects.toThrow('The token is not right.');
    await expect(withToken(hs, token({ exp: 'tomorrow' }))).rejects.toThrow('The token is not right.');
  });
  it('is refused when it is made with another key or algorithm, or with none', async () => {
    const other = new TextEncoder().encode('another secret of more than 32 bytes');
    const none = `${base64('{"alg":"none"}')}.${base64('{"sub":"ada"}')}.`;
    for (const wrong of [token({}, 'HS256', other), token({}, 'HS384'), none, 'x', 'a.b.c', ''])
      await expect(withToken(hs, wrong)).rejects.toBeInstanceOf(Challenge);
    await expect(enter('jwt', { data: hs }, {})).rejects.toThrow('The token is missing.');
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = (one: { publicKey: { export(options: object): string | Buffer } }) =>
    String(one.publicKey.export({ type: 'spki', format: 'pem' }));
  it.each([
    ['RS256', rsa],
    ['PS256', rsa],
    ['ES256', ec],
  ] as const)('of %s is checked with the public key', async (algorithm, pair) => {
    const data = { algorithm, publicKey: pem(pair) };
    const proof = await withToken(data, token({ sub: 'ada' }, algorithm, pair.privateKey));
    expect(proof.jwtPayload).toMatchObject({ sub: 'ada' });
  });
  it('that was signed with the public key as if that were a secret is refused', async () => {
    const data = { algorithm: 'RS256', publicKey: pem(rsa) };
    const forged = token({ sub: 'ada' }, 'HS256', new TextEncoder().encode(pem(rsa)));
    await expect(withToken(data, forged)).rejects.toBeInstanceOf(Challenge);
  });
  it.each([
    {},
    { algorithm: 'HS256' },
    { algorithm: 'HS256', secret: '' },
    { algorithm: 'none', secret },
    { algorithm: '', secret },
    { algorithm: 'RS256', secret },
    { algorithm: 'RS256', publicKey: 'no key' },
  ])('is checked by nothing with %j, so nobody gets in', async (data) => {
    await expect(withToken(data, token({ sub: 'ada' }))).rejects.toThrow(LOCKED);
  });
});

it('a credential of another kind lets nobody in', async () => {
  const data = { user: 'ada', password: 'x', name: 'x-key', value: 'x', secret: 'x' };
  for (const kind of ['basic', 'header', 'jwt', 'signature'] as const)
    await expect(enter(kind, { type: 'bearer', data }, { 'x-key': 'x' })).rejects.toThrow(LOCKED);
});

it('a header that came twice counts as none', () => {
  const header = headerReader({ headersDistinct: { a: ['1'], b: ['1', '1'], c: [''] } });
  expect([header('a'), header('b'), header('c'), header('d')]).toEqual(['1', null, null, null]);
});
