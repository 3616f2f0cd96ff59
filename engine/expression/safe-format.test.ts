import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { isSafeFormat } from './safe-format.ts';

test.each([
  'yyyy-MM-dd',
  'd.M.yyyy H:mm:ss',
  'yyyyMMddHHmmss',
  'yyMMdd',
  "EEE, d MMM yyyy 'at' h:mm a z",
  "yyyy-MM-dd'T'HH:mm:ss.SSSZZ",
])('%s is safe', (format) => expect(isSafeFormat(format)).toBe(true));

test.each([
  'yuyuyuyu',
  'yuyuyuyu1yuyuyuyu1yuyu',
  "yuyu'1'yu",
  'z/z',
  'd.'.repeat(21),
  'yu-yu-yu',
  "uuu''u''u''u''u''u''u''y",
])('%s is not', (format) => expect(isSafeFormat(format)).toBe(false));

test('what counts as safe ends soon, whatever the text', () => {
  for (const format of ['yuyuu', 'yu-yu', 'uyuMd', 'z yuyu']) {
    expect(isSafeFormat(format)).toBe(true);
    const start = performance.now();
    for (const text of [`${'1'.repeat(300)}z`, `${'1-'.repeat(100)}z`, '/'.repeat(300)])
      DateTime.fromFormat(text, format);
    expect(performance.now() - start).toBeLessThan(1000);
  }
});
