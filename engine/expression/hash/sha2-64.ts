import { padded, primes, rootFraction } from './pad.ts';

const MASK = (1n << 64n) - 1n;
const K = primes(80).map((prime) => rootFraction(prime, 3));
const START_512 = primes(8).map((prime) => rootFraction(prime, 2));
const START_384 = primes(16)
  .slice(8)
  .map((prime) => rootFraction(prime, 2));

export const sha512 = (bytes: Uint8Array): Uint8Array => compress(bytes, START_512);
export const sha384 = (bytes: Uint8Array): Uint8Array => compress(bytes, START_384).slice(0, 48);

const right = (value: bigint, by: bigint): bigint => ((value >> by) | (value << (64n - by))) & MASK;

/** FIPS 180-4, with bigint words: short rather than fast. */
function compress(bytes: Uint8Array, start: readonly bigint[]): Uint8Array {
  const view = padded(bytes, 128, false);
  const state = [...start];
  const w: bigint[] = new Array(80);
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(block + i * 8);
    for (let i = 16; i < 80; i++) {
      const s0 = right(w[i - 15]!, 1n) ^ right(w[i - 15]!, 8n) ^ (w[i - 15]! >> 7n);
      const s1 = right(w[i - 2]!, 19n) ^ right(w[i - 2]!, 61n) ^ (w[i - 2]! >> 6n);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) & MASK;
    }
    let [a, b, c, d, e, f, g, h] = state as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
    for (let i = 0; i < 80; i++) {
      const t1 =
        h + (right(e, 14n) ^ right(e, 18n) ^ right(e, 41n)) + ((e & f) ^ (~e & MASK & g)) + K[i]! + w[i]!;
      const t2 = (right(a, 28n) ^ right(a, 34n) ^ right(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = (state[i]! + value) & MASK;
    });
  }
  const result = new DataView(new ArrayBuffer(64));
  state.forEach((word, i) => {
    result.setBigUint64(i * 8, word);
  });
  return new Uint8Array(result.buffer);
}
