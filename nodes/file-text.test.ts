import { expect, test } from 'vitest';
import { checkEncoding, decodeStream, decodeText, encodeStream, encodeText } from './file-text.ts';

test.each([
  ['utf-8', 'Grüße 🐛'],
  ['utf-16le', 'Grüße 🐛'],
  ['windows1256', 'سلام'],
  ['shift_jis', '株式会社'],
])('writes and reads %s', async (encoding, text) => {
  const bytes = encodeText(text, encoding);
  expect(decodeText(bytes, { encoding })).toBe(text);
  async function* small() {
    for (const byte of bytes) yield Uint8Array.of(byte);
  }
  expect((await Array.fromAsync(decodeStream(small(), { encoding }))).join('')).toBe(text);
  const written = Buffer.concat(await Array.fromAsync(encodeStream([...text], encoding)));
  expect(written.equals(bytes)).toBe(true);
});

test('finds the encoding out', () => {
  expect(decodeText(encodeText('Grüße', 'utf-16le', true))).toBe('Grüße');
  expect(decodeText(encodeText('Grüße', 'utf-8'))).toBe('Grüße');
  expect(decodeText(encodeText('Grüße', 'windows-1252'))).toBe('Grüße');
});

test('keeps the mark in front when it is told to', () => {
  const bytes = encodeText('a', 'utf-8', true);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(decodeText(bytes)).toBe('a');
  expect(decodeText(bytes, { stripBom: false })).toBe('\ufeffa');
});

test('says when an encoding is unknown', () => {
  expect(checkEncoding(' latin1 ')).toBe('latin1');
  expect(() => checkEncoding('klingon')).toThrow('no encoding');
});
