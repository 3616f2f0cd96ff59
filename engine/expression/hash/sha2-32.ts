import { padded, primes, rootFraction, wordBytes } from './pad.ts';

const K = Uint32Array.from(primes(64), (prime) => Number(rootFraction(prime, 3) >> 32n));
const START_256 = primes(8).map((prime) => Number(rootFraction(prime, 2) >> 32n));
/** SHA-224 starts from the second halves of the roots of the next eight primes. */
const START_224 = primes(16)
  .slice(8)
  .map((prime) => Number(rootFraction(prime, 2) & 0xffff_ffffn));

export const sha256 = (bytes: Uint8Array): Uint8Array => wordBytes(compress(bytes, START_256), false);
export const sha224 = (bytes: Uint8Array): Uint8Array =>
  wordBytes(compress(bytes, START_224), false).slice(0, 28);

const right = (value: number, by: number): number => (value >>> by) | (value << (32 - by));
const left = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** FIPS 180-4. */
function compress(bytes: Uint8Array, start: readonly number[]): Uint32Array {
  const view = padded(bytes, 64, false);
  const state = Uint32Array.from(start);
  const w = new Uint32Array(64);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4);
    for (let i = 16; i < 64; i++) {
      const s0 = right(w[i - 15]!, 7) ^ right(w[i - 15]!, 18) ^ (w[i - 15]! >>> 3);
      const s1 = right(w[i - 2]!, 17) ^ right(w[i - 2]!, 19) ^ (w[i - 2]! >>> 10);
      w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
      const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => {
      state[i] = state[i]! + value;
    });
  }
  return state;
}

export function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes, 64, false);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const w = new Uint32Array(80);
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4);
    for (let i = 16; i < 80; i++) w[i] = left(w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!, 1);
    let [a, b, c, d, e] = state as unknown as [number, number, number, number, number];
    for (let i = 0; i < 80; i++) {
      const [mix, k] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6];
      const next = (left(a, 5) + mix + e + k + w[i]!) | 0;
      [e, d, c, b, a] = [d, c, left(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((value, i) => {
      state[i] = state[i]! + value;
    });
  }
  return wordBytes(state, false);
}
