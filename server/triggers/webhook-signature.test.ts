import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature, type SignatureScheme } from './webhook-signature.ts';

const NOW = 1_700_000_000;
const body = Buffer.from('{"a": 1}');
const hmac = (key: string | Buffer, ...parts: (string | Buffer)[]) => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};
const check = (
  scheme: SignatureScheme,
  secret: string,
  headers: Record<string, string | undefined>,
  over: { body?: Buffer; now?: number } = {},
) =>
  checkSignature(scheme, secret, {
    header: (name) => headers[name] ?? null,
    body: over.body ?? body,
    nowMs: (over.now ?? NOW) * 1000,
  });

const KEY = Buffer.from('0123456789abcdef0123456789abcdef');
const secrets: Record<SignatureScheme, string> = {
  standard: `whsec_${KEY.toString('base64')}`,
  github: 'octocat',
  stripe: 'whsec_stripe',
  slack: 'slack-secret',
};
/** What a real sender of each kind sends. */
const signed: Record<SignatureScheme, (time?: number) => Record<string, string>> = {
  standard: (time = NOW) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(time),
    'webhook-signature': `v1,${hmac(KEY, `msg_1.${time}.`, body).toString('base64')}`,
  }),
  github: () => ({ 'x-hub-signature-256': `sha256=${hmac('octocat', body).toString('hex')}` }),
  stripe: (time = NOW) => ({
    'stripe-signature': `t=${time},v1=${hmac('whsec_stripe', `${time}.`, body).toString('hex')},v0=abc`,
  }),
  slack: (time = NOW) => ({
    'x-slack-request-timestamp': String(time),
    'x-slack-signature': `v0=${hmac('slack-secret', `v0:${time}:`, body).toString('hex')}`,
  }),
};
const schemes = Object.keys(signed) as SignatureScheme[];

describe.each(schemes)('signatures as %s makes them', (scheme) => {
  it('hold for what was signed, and for nothing else', () => {
    const headers = signed[scheme]();
    expect(check(scheme, secrets[scheme], headers)).toBeNull();
    expect(check(scheme, secrets[scheme], headers, { body: Buffer.from('{"a":1}') })).not.toBeNull();
    expect(check(scheme, secrets[scheme], headers, { body: Buffer.alloc(0) })).not.toBeNull();
  });

  it('hold with no other secret, and never with an empty one', () => {
    const other = scheme === 'standard' ? `whsec_${Buffer.from('other').toString('base64')}` : 'other';
    expect(check(scheme, other, signed[scheme]())).toMatchObject({ why: 'The signature is not right.' });
    for (const empty of ['', '  ', ...(scheme === 'standard' ? ['whsec_', 'no base64!'] : [])])
      expect(check(scheme, empty, signed[scheme]())).toMatchObject({ broken: true });
  });

  it('must be there whole', () => {
    expect(check(scheme, secrets[scheme], {})).toMatchObject({ why: 'The signature is missing.' });
    for (const name of Object.keys(signed[scheme]())) {
      const { [name]: value = '', ...rest } = signed[scheme]();
      expect(check(scheme, secrets[scheme], rest)).not.toBeNull();
      const middle = Math.floor(value.length / 2);
      const other = value[middle] === '1' ? '2' : '1';
      for (const wrong of [
        '',
        value.slice(0, middle),
        value.slice(0, middle) + other + value.slice(middle + 1),
      ])
        expect(check(scheme, secrets[scheme], { ...rest, [name]: wrong })).not.toBeNull();
    }
  });
});

describe.each(schemes.filter((scheme) => scheme !== 'github'))('the timestamp of %s', (scheme) => {
  it.each([
    [0, true],
    [299, true],
    [-299, true],
    [301, false],
    [-301, false],
  ])('may be %i s away: %s', (off, good) => {
    const result = check(scheme, secrets[scheme], signed[scheme](NOW + off));
    expect(result === null).toBe(good);
  });
  it.each(['', 'NaN', '-1', '1e9', '0x5', ' 1700000000', '1700000000.5', '9'.repeat(40)])(
    'cannot be “%s”, even when that was signed',
    (time) => {
      expect(check(scheme, secrets[scheme], signed[scheme](time as never))).not.toBeNull();
    },
  );
});

it('any of several signatures is enough, up to a number', () => {
  const good = signed.standard()['webhook-signature']!;
  const others = (n: number) => Array.from({ length: n }, () => `v1,${Buffer.alloc(32).toString('base64')}`);
  const many = (n: number) => ({
    ...signed.standard(),
    'webhook-signature': ['v1a,xyz', ...others(n), good].join(' '),
  });
  expect(check('standard', secrets.standard, many(2))).toBeNull();
  expect(check('standard', secrets.standard, many(50))).not.toBeNull();
});

it('a second time of Stripe is none', () => {
  const header = signed.stripe()['stripe-signature']!;
  const headers = { 'stripe-signature': `t=${NOW + 10_000},${header}` };
  expect(check('stripe', secrets.stripe, headers)).toMatchObject({ why: 'The signature is missing.' });
});

it('agrees with the example of Standard Webhooks', () => {
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const sent = { body: Buffer.from('{"test": 2432232314}'), now: 1_614_265_330 };
  expect(check('standard', secret, headers, sent)).toBeNull();
});
