/** 0 ≤ x < 1 */
export type Random = () => number;

/** Numbers that look random and are the same for the same seed (mulberry32 over FNV-1a). */
export function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const whole = (random: Random, min: number, max: number) =>
  min + Math.floor(random() * (max - min + 1));
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
export function chars(random: Random, alphabet: string, length: number): string {
  const letters = [...alphabet];
  return Array.from({ length }, () => oneOf(random, letters)).join('');
}
