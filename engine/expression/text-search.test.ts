import { expect, test } from 'vitest';
import { Context } from './context.ts';
import { indexIn, lastIndexIn } from './natives/text-search.ts';
import { compileTemplate } from './template.ts';
import { testScope } from './test-scope.ts';

const ctx = () => new Context(testScope(), 0, false, 0);
const render = (source: string) => compileTemplate(`{{ ${source} }}`).render(testScope(), 0);

const text = `${'ab'.repeat(5_000)}x${'ab'.repeat(5_000)}`;
test.each([
  ['ab'.repeat(4_000)],
  [`${'ab'.repeat(3_000)}x`],
  [`x${'ab'.repeat(3_000)}`],
  [`b${'ab'.repeat(3_000)}x${'ab'.repeat(2_000)}`],
  [`${'ab'.repeat(3_000)}y`],
])('finds long texts where the host does (%#)', (needle) => {
  for (const from of [0, 1, 5_000, 10_002, 30_000]) {
    expect(indexIn(ctx(), text, needle, from)).toBe(text.indexOf(needle, from));
    expect(lastIndexIn(ctx(), text, needle, from)).toBe(text.lastIndexOf(needle, from));
  }
  expect(
    render(`$json.name.includes('d') && ${JSON.stringify('ab')}.repeat(9e3).split('ab'.repeat(4e3)).length`),
  ).toBe(3);
});

test('takes no longer for texts that almost fit at every place', () => {
  const before = process.threadCpuUsage();
  const almost = '("a".repeat(5e5) + "b" + "a".repeat(5e5))';
  for (const call of ['includes', 'indexOf', 'lastIndexOf', 'split', 'replaceAll'])
    render(`"a".repeat(4e6).${call}(${almost}, "")`);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(5_000);
});

test('work that was paid too little for ends, too', () => {
  const before = process.threadCpuUsage();
  expect(() =>
    render('(() => { const v = "a".repeat(9e6) + "1"; for (;;) v === "a".repeat(9e6) + "2"; })()'),
  ).toThrow(/takes too|makes too/);
  const forever = '(() => { const v = "1".repeat(1e6); for (;;) v - 1; })()';
  expect(() => render(forever)).toThrow(/takes too (?:long|many steps)/);
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(8_000);
});
