import { expect, it } from 'vitest';
import { toCsv } from './export-rows.ts';

const cells = (...values: unknown[]) => {
  const rows = values.map((x, i) => ({ id: i + 1, x, createdAt: 'c', updatedAt: 'u' }));
  return toCsv([{ name: 'x', type: 'string' }], rows)
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(2, -4));
};

it('a CSV has a head, and quotes what needs it', () => {
  expect(toCsv([{ name: 'x', type: 'string' }], [])).toBe('id,x,createdAt,updatedAt\r\n');
  expect(cells('plain', 'a,b', 'say "hi"', null, 1.5, true)).toEqual([
    'plain',
    '"a,b"',
    '"say ""hi"""',
    '',
    '1.5',
    'true',
  ]);
});

it('a text of a stranger is no formula in a spreadsheet', () => {
  expect(cells('=HYPERLINK("http://x")', '@SUM(A1)', "+cmd|'/c calc'!A0", '-2+3+cmd')).toEqual([
    '"\'=HYPERLINK(""http://x"")"',
    "'@SUM(A1)",
    "'+cmd|'/c calc'!A0",
    "'-2+3+cmd",
  ]);
  expect(cells('-5', '+49 (151) 23-45', -5)).toEqual(['-5', '+49 (151) 23-45', '-5']);
});
