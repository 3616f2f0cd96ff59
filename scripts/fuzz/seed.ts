/** Where the n-th template of a run begins. */
export const seedOf = (seed: number, n: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b)) >>> 0;
