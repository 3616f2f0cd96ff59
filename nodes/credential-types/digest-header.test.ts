import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digestHeader } from './digest-header.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const request = { method: 'GET', uri: '/', user: 'u', password: 'p', cnonce: 'c' };

test.each<[string, string | RegExp]>([
  ['Digest realm="r", nonce="n"', new RegExp(`response="${md5(`${md5('u:r:p')}:n:${md5('GET:/')}`)}"`)],
  [
    'Digest realm="r", nonce="n", algorithm=MD5-sess, qop="auth"',
    /algorithm=MD5-sess, qop=auth, nc=00000001/,
  ],
  ['digest realm="r", nonce="n", algorithm=SHA-256', /response="[0-9a-f]{64}"/],
])('understands %s', (text, expected) => expect(digestHeader(text, request)).toMatch(expected));

test.each([
  'Basic realm="r"',
  'Digest nonce="n", algorithm=SHA-512-256',
  'Digest nonce="n", qop="auth-int"',
  '',
])('cannot answer “%s”', (text) => expect(digestHeader(text, request)).toBeUndefined());
