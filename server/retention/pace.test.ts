import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

const settle = (pace: Pace, msPerRow: number, batches = 50): number => {
  let pause = 0;
  for (let i = 0; i < batches; i++) pause = pace.took(msPerRow * pace.rows, pace.rows);
  return pause;
};

it('finds batches that take about as long as they should, and rests as long as it works', () => {
  const pace = new Pace();
  const pause = settle(pace, 0.1);
  expect(pace.rows).toBe(250);
  expect(pause).toBeCloseTo(25);
});

it('does less and rests longer while rows take long, and gets back', () => {
  const pace = new Pace();
  settle(pace, 0.1);
  const first = pace.took(0.5 * pace.rows, pace.rows);
  expect(first).toBeGreaterThan(1_000);
  expect(pace.rows).toBe(50);
  expect(settle(pace, 0.5, 3)).toBeCloseTo(250);
  expect(settle(pace, 0.1)).toBeCloseTo(25);
  expect(pace.rows).toBe(250);
});

it('takes what is always slow for quiet after a while', () => {
  const pace = new Pace();
  settle(pace, 0.1);
  expect(settle(pace, 0.5, 200)).toBeLessThan(30);
});

it('keeps within its bounds', () => {
  const pace = new Pace();
  settle(pace, 0.0001);
  expect(pace.rows).toBe(1_000);
  expect(pace.took(1_000_000, 1_000)).toBe(2_000);
  expect(pace.rows).toBe(20);
  expect(pace.took(0, 0)).toBe(10);
});
