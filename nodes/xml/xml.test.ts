import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { xmlNode } from './execute.ts';
import { xmlToJson } from './xml-to-json.ts';

const parse = async (data: unknown, options: JsonObject = {}, more: JsonObject = {}) =>
  jsonOf(
    await runNode(xmlNode, { parameters: { operation: 'parse', options, ...more }, items: [{ data, n: 1 }] }),
  )[0];
const build = async (item: JsonObject, options: JsonObject = {}, more: JsonObject = {}) =>
  jsonOf(await runNode(xmlNode, { parameters: { operation: 'build', options, ...more }, items: [item] }))[0];

const ORDER = '<Order id="7"><line>mug</line><line> red  tea </line><note lang="en">hi</note></Order>';

test.each<[string, JsonObject, JsonObject]>([
  [
    'elements and attributes',
    {},
    { Order: { id: '7', line: ['mug', ' red  tea '], note: { lang: 'en', _: 'hi' } } },
  ],
  [
    'attributes apart',
    { mergeAttributes: false },
    { Order: { $: { id: '7' }, line: ['mug', ' red  tea '], note: { $: { lang: 'en' }, _: 'hi' } } },
  ],
  [
    'with other keys',
    { mergeAttributes: false, attributeKey: '@', textKey: '#text' },
    {
      Order: { '@': { id: '7' }, line: ['mug', ' red  tea '], note: { '@': { lang: 'en' }, '#text': 'hi' } },
    },
  ],
  ['no attributes', { ignoreAttributes: true }, { Order: { line: ['mug', ' red  tea '], note: 'hi' } }],
  [
    'lists always, without the root',
    { alwaysLists: true, keepRoot: false, ignoreAttributes: true },
    { line: ['mug', ' red  tea '], note: ['hi'] },
  ],
  [
    'trimmed text',
    { trim: true, ignoreAttributes: true },
    { Order: { line: ['mug', 'red  tea'], note: 'hi' } },
  ],
  [
    'one blank, small tags',
    { normalise: true, trim: true, lowerCaseTags: true, ignoreAttributes: true },
    { order: { line: ['mug', 'red tea'], note: 'hi' } },
  ],
])('reads %s', async (_name, options, expected) => expect(await parse(ORDER, options)).toEqual(expected));

test('puts it into a field if wanted', async () => {
  const json = await parse('<a>1</a>', {}, { target: 'xml.parsed' });
  expect(json).toEqual({ data: '<a>1</a>', n: 1, xml: { parsed: { a: '1' } } });
});

test.each<[string, string, JsonObject, JsonObject]>([
  ['nothing', '', {}, {}],
  ['a root that is only text', '<a>x</a>', { keepRoot: false }, { data: 'x' }],
  ['CDATA and comments', '<a><!-- no --><![CDATA[<b>]]></a>', {}, { a: '<b>' }],
  [
    'names that every object inherits',
    '<a><constructor>1</constructor></a>',
    {},
    { a: { constructor: '1' } },
  ],
])('reads %s', async (_name, text, options, expected) =>
  expect(await parse(text, options)).toEqual(expected),
);

test('no name leads to a prototype', async () => {
  const json = await parse('<a __proto__="x"><__proto__><y>1</y></__proto__><b/></a>');
  expect(json).toEqual({ a: { b: '' } });
  expect(Object.getPrototypeOf(json!.a)).toBe(Object.prototype);
});

const BOMB = `<!DOCTYPE a [<!ENTITY x "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY x${i} "&x;&x;&x;">`).join('')}]><a>&x9;</a>`;
test.each<[string, unknown, object]>([
  ['text', 'hello', { kind: 'config', field: 'source' }],
  ['crossed tags', '<a><b></a></b>', { kind: 'config' }],
  ['own entities', BOMB, { kind: 'config' }],
  [
    'outside entities',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    { kind: 'config' },
  ],
  ['deep nesting', '<a>'.repeat(30_000) + '</a>'.repeat(30_000), { kind: 'limit' }],
  ['a long text that is no XML', `<a>${'x'.repeat(100_000)}</b>`, { kind: 'config', field: 'source' }],
  ['no such field', null, { kind: 'config', field: 'source', itemIndex: 0 }],
])('refuses %s', async (_name, data, error) => {
  await expect(parse(data)).rejects.toMatchObject({ data: error });
});

test('a long document is read in a thread', async () => {
  const rows = '<row><name>Ada &amp; Co</name></row>'.repeat(20_000);
  const json = await parse(`<rows>${rows}</rows>`);
  expect((json as { rows: { row: JsonObject[] } }).rows.row.length).toBe(20_000);
  expect((json as { rows: { row: JsonObject[] } }).rows.row[9999]).toEqual({ name: 'Ada & Co' });
});

test('long comments and attributes are no trouble', async () => {
  const long = 'x'.repeat(300_000);
  expect(await parse(`<a b="${long}"><!--${long}--></a>`)).toEqual({ a: { b: long } });
});

test('a document that takes too long is given up', async () => {
  const text = '<a>'.repeat(300_000);
  await expect(xmlToJson(text, {}, new AbortController().signal, 50)).rejects.toMatchObject({
    data: { kind: 'limit' },
  });
});

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
test.each<[string, JsonObject, JsonObject, string]>([
  ['one field as the root', { a: { b: 1 } }, {}, `${HEAD}\n<a>\n  <b>1</b>\n</a>`],
  [
    'several under a root',
    { b: [1, null], c: true },
    { headless: true },
    '<root>\n  <b>1</b>\n  <b/>\n  <c>true</c>\n</root>',
  ],
  ['a root by name', { b: 1 }, { headless: true, compact: true, rootName: 'all' }, '<all><b>1</b></all>'],
  [
    'attributes',
    { a: { $: { id: 1 }, _: 'x<y' } },
    { headless: true, compact: true },
    '<a id="1">x&lt;y</a>',
  ],
  [
    'attributes by other keys, CDATA',
    { a: { at: { id: 1 }, is: 'x<y' } },
    { headless: true, compact: true, attributeKey: 'at', textKey: 'is', cdata: true },
    '<a id="1"><![CDATA[x<y]]></a>',
  ],
  ['emoji', { a: '😀' }, { headless: true, surrogates: true }, '<a>😀</a>'],
])('writes %s', async (_name, item, options, expected) =>
  expect(await build(item, options)).toEqual({ data: expected }),
);

test('writes one field into another', async () => {
  expect(
    await build({ order: { id: 1 }, n: 2 }, { headless: true }, { source: 'order', target: 'x' }),
  ).toEqual({
    x: '<id>1</id>',
  });
});

test.each<[string, JsonObject, string]>([
  ['a name with a blank', { '1 x': 2, y: 1 }, 'config'],
  ['a control character', { a: '\u0001' }, 'config'],
  ['deep nesting', JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`), 'limit'],
])('cannot write %s', async (_name, item, kind) => {
  await expect(build(item)).rejects.toMatchObject({ data: { kind } });
});

test.each<[JsonObject, JsonObject]>([
  [{ options: {} }, { operation: 'parse', source: 'data', options: {} }],
  [
    {
      dataPropertyName: 'xml',
      options: {
        attrkey: '@',
        explicitArray: true,
        explicitRoot: false,
        mergeAttrs: false,
        normalizeTags: true,
      },
    },
    {
      operation: 'parse',
      source: 'xml',
      options: {
        attributeKey: '@',
        alwaysLists: true,
        keepRoot: false,
        mergeAttributes: false,
        lowerCaseTags: true,
      },
    },
  ],
  [
    { mode: 'jsonToxml', options: { headless: true, rootName: 'r', cdata: true } },
    { operation: 'build', target: 'data', options: { headless: true, rootName: 'r', cdata: true } },
  ],
])('imports %j', (parameters, expected) => {
  const nodes = [{ name: 'N', type: 'n8n-nodes-base.xml', typeVersion: 1, position: [0, 0], parameters }];
  expect(importN8n({ nodes, connections: {} }).workflow.nodes[0]!.parameters).toEqual(expected);
});
