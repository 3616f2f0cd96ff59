import { expect, test } from 'vitest';
import { encodeEntities, type XmlEvent, XmlReader } from './xml-reader.ts';

function read(pieces: readonly string[]): XmlEvent[] {
  const reader = new XmlReader();
  const events = pieces.flatMap((piece) => [...reader.push(piece)]);
  return [...events, ...reader.end()];
}
const told = (events: readonly XmlEvent[]) =>
  events
    .map((event) =>
      event.type === 'text' ? event.text : event.type === 'open' ? `<${event.name}>` : `</${event.name}>`,
    )
    .join('');

const XML = `<?xml version="1.0"?><!-- <no/> --><x:a b="1 &gt; 0" x:c='"'>A &amp; B &#x41;&#66;<![CDATA[<raw>&amp;]]><d/></x:a>`;

test('reads elements, attributes, text and sections', () => {
  const events = read([XML]);
  expect(told(events)).toBe('<a>A & B AB<raw>&amp;<d></d></a>');
  expect(events[0]).toMatchObject({ attributes: { b: '1 > 0', c: '"' } });
});

test('reads the same however it is cut', () => {
  for (let size = 1; size < 12; size++) {
    const pieces = XML.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g'))!;
    expect(told(read(pieces))).toBe('<a>A & B AB<raw>&amp;<d></d></a>');
  }
});

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a/>'],
  ['a tag without an end', '<a'],
  ['a tag that never ends', `<a ${'b'.repeat(1_100_000)}`],
])('refuses %s', (_name, xml) => {
  expect(() => read([xml])).toThrow('cannot be read');
});

test('expands no entities but those of XML', () => {
  expect(told(read(['<a>&x;&nbsp;&lt;</a>']))).toBe('<a>&x;&nbsp;<</a>');
});

test('reads long names without values in linear time', () => {
  const began = performance.now();
  read([`<a ${'b'.repeat(900_000)}/>`]);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('escapes what would be markup, and drops what XML cannot hold', () => {
  expect(encodeEntities('<a b="c"> & \u0000\u000b\t')).toBe('&lt;a b=&quot;c&quot;&gt; &amp; \t');
});

test.each(['<a b=c/>', '<a b="c/>', '<a b=/>'])('refuses %s', (xml) => {
  expect(() => read([xml])).toThrow('cannot be read');
});
