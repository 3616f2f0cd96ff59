import { NodeError } from '#engine/errors.ts';

/** Parts from 0 to 255, `alpha` from 0 (nothing to see) to 1. */
export interface Color {
  r: number;
  g: number;
  b: number;
  alpha: number;
}

const NAMES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  transparent: '#00000000',
  black: '#000000',
  white: '#ffffff',
  gray: '#808080',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#800080',
});

/** `#f80`, `#ff8800`, `#ff880080` or one of a few names. Throws NodeError(config). */
export function parseColor(text: string, field: string): Color {
  const given = text.trim().toLowerCase();
  const hex = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(NAMES[given] ?? given)?.[1];
  if (hex === undefined)
    throw new NodeError('config', `“${text.slice(0, 40)}” is no color. Write it like #ff8800.`, { field });
  const long = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const part = (at: number) => Number.parseInt(long.slice(at, at + 2), 16);
  return { r: part(0), g: part(2), b: part(4), alpha: long.length === 8 ? part(6) / 255 : 1 };
}
