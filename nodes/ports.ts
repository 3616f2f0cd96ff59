import type { Port } from '#engine/node.ts';

const MAX_PORTS = 50;

/** How many ports a parameter asks for; a template or an odd value counts as the fallback, since a graph needs a number. */
export function portCount(value: unknown, fallback: number, min = 0, max = MAX_PORTS): number {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count)) return fallback;
  return Math.min(max, Math.max(min, count));
}

/** One port is called `main`, like everywhere; several are `input1`, `input2`, … */
export function numbered(prefix: 'input' | 'output', value: unknown, fallback: number): Port[] {
  const count = portCount(value, fallback);
  if (count === 1) return [{ name: 'main' }];
  return Array.from({ length: count }, (_, i) => ({ name: `${prefix}${i + 1}`, label: `${i + 1}` }));
}
