import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from './hash/digest.ts';

const NODE_NAMES = { sha3: 'sha3-512' } as Record<string, string>;
const byNode = (algorithm: string, text: string): string =>
  createHash(NODE_NAMES[algorithm] ?? algorithm)
    .update(text)
    .digest('hex');

describe.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3'])('%s', (algorithm) => {
  it('is what Node computes at every length around its block sizes', () => {
    for (const block of [0, 64, 72, 128, 144])
      for (let length = Math.max(0, block - 18); length <= block + 2; length++) {
        const text = 'x'.repeat(length);
        expect(digest(algorithm, text), `${length} letters`).toBe(byNode(algorithm, text));
      }
  });

  it('is what Node computes for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        expect(digest(algorithm, text)).toBe(byNode(algorithm, text));
      }),
      { numRuns: 50 },
    );
  });
});

describe('digest', () => {
  it('gives base64 of the text itself, and knows no other name', () => {
    expect(digest('base64', 'Grüße')).toBe(Buffer.from('Grüße').toString('base64'));
    expect(() => digest('crc32', 'x')).toThrow('hash() knows base64, md5');
    expect(() => digest('constructor', 'x')).toThrow('hash() knows');
  });
});
