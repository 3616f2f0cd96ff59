import { expect, test } from 'vitest';
import { toItems } from './items.ts';

test('takes bare objects, items, and items of n8n with their files', () => {
  const files = { doc: { mimeType: 'text/plain', sizeBytes: 2, data: 'aGk=' } };
  const binary = {
    doc: { mimeType: 'text/plain', fileName: 'a.txt', data: 'aGk=', fileSize: '2 B' },
    bad: 5,
  };
  expect(toItems([{ a: 1 }, { json: { b: 2 }, files }, { json: {}, binary }])).toEqual([
    { json: { a: 1 } },
    { json: { b: 2 }, files },
    { json: {}, files: { doc: { mimeType: 'text/plain', name: 'a.txt', sizeBytes: 2, data: 'aGk=' } } },
  ]);
  expect(toItems({ json: { c: 3 }, binary: {} })).toEqual([{ json: { c: 3 } }]);
  expect(() => toItems([1])).toThrow('Item 0 is not an object.');
});
