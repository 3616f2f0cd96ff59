import type { Context } from '../context.ts';

/** The host looks for short texts fast, and for long ones in time that may grow with the product of both lengths. */
const LONG_NEEDLE = 64;
const LARGE_PRODUCT = 50_000_000;

/** `text.indexOf(needle, from)` in time that grows with the lengths of both only. */
export function indexIn(ctx: Context, text: string, needle: string, from = 0): number {
  if (isCheap(text, needle)) return text.indexOf(needle, from);
  return places(ctx, text, needle, Math.max(0, from)).next().value ?? -1;
}

/** `text.lastIndexOf(needle, upTo)` likewise. */
export function lastIndexIn(ctx: Context, text: string, needle: string, upTo: number): number {
  if (isCheap(text, needle)) return text.lastIndexOf(needle, upTo);
  let last = -1;
  for (const at of places(ctx, text, needle, 0)) {
    if (at > upTo) break;
    last = at;
  }
  return last;
}

const isCheap = (text: string, needle: string): boolean =>
  needle.length < LONG_NEEDLE || needle.length * text.length < LARGE_PRODUCT || needle.length > text.length;

/** Every place where the needle begins, overlapping ones too, after Knuth, Morris and Pratt. */
function* places(ctx: Context, text: string, needle: string, from: number): Generator<number, undefined> {
  ctx.grow(needle.length);
  ctx.step((needle.length + text.length) >> 4);
  // how much of the needle still fits after a mismatch
  const fits = new Int32Array(needle.length + 1);
  for (let i = 1, length = 0; i < needle.length; i++) {
    while (length > 0 && needle.charCodeAt(i) !== needle.charCodeAt(length)) length = fits[length]!;
    if (needle.charCodeAt(i) === needle.charCodeAt(length)) length++;
    fits[i + 1] = length;
  }
  for (let i = from, length = 0; i < text.length; i++) {
    while (length > 0 && text.charCodeAt(i) !== needle.charCodeAt(length)) length = fits[length]!;
    if (text.charCodeAt(i) === needle.charCodeAt(length)) length++;
    if (length < needle.length) continue;
    yield i - length + 1;
    length = fits[length]!;
  }
  return undefined;
}
