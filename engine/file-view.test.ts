import { expect, test } from 'vitest';
import { fileTypeOf, sizeText, viewFile } from './file-view.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [3068, '3.07 kB'],
  [44_189, '44.2 kB'],
  [5_000_000, '5 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

test.each([
  ['image/png', 'image'],
  ['application/pdf', 'pdf'],
  ['text/csv; charset=utf-8', 'text'],
  ['application/json', 'json'],
  ['application/zip', undefined],
])('%s is %s', (mimeType, type) => {
  expect(fileTypeOf(mimeType)).toBe(type);
});

test('takes the extension from the name, or from the type', () => {
  const extension = (name: string | undefined, mimeType: string) =>
    viewFile({ name, mimeType, sizeBytes: 1 }).fileExtension;
  expect(extension('a.b.TXT', 'image/png')).toBe('TXT');
  expect(extension('.env', 'text/plain')).toBe('txt');
  expect(extension(undefined, 'application/json')).toBe('json');
  expect(extension(undefined, 'constructor')).toBeUndefined();
});
