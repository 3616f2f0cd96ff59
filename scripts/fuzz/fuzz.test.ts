import { expect, test } from 'vitest';
import { finding } from './check.ts';
import { randomTemplate } from './mutate.ts';
import { Random } from './random.ts';
import { seedOf } from './seed.ts';
import { ATTACKS } from './words.ts';

// A short, repeatable piece of `npm run fuzz`.
test('what people try in order to get out, or to keep the machine busy, comes to nothing', {
  timeout: 120_000,
}, () => {
  const found = ATTACKS.map((attack) => [attack, finding(`{{ ${attack} }}`)]).filter(
    ([, problem]) => problem !== null,
  );
  expect(found).toEqual([]);
});

test('random templates only ever give data or errors of our own', { timeout: 120_000 }, () => {
  const found: [number, string][] = [];
  for (let n = 0; n < 200; n++) {
    const problem = finding(randomTemplate(new Random(seedOf(20260101, n))));
    if (problem !== null) found.push([n, problem]);
  }
  expect(found).toEqual([]);
});

test('a finding would be one', () => {
  const reach = globalThis as { linkflowCanary?: unknown };
  expect(finding('{{ $json.name }}')).toBeNull();
  const spied = Object.getOwnPropertyDescriptor(String.prototype, 'trim')!;
  Object.defineProperty(String.prototype, 'trim', { configurable: true, value: () => reach.linkflowCanary });
  try {
    expect(finding('{{ $json.name.trim() }}')).toContain('reached');
  } finally {
    Object.defineProperty(String.prototype, 'trim', spied);
  }
});
