import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { type Answer, jsonOf, runNode } from '../testing.ts';
import { httpRequestNode } from './execute.ts';

const PAGE =
  '<html><head><title>T</title></head><body><nav>menu</nav><main><h1>Mugs</h1><p>Blue <b>mug</b></p></main></body></html>';
const DATA = {
  meta: { n: 2 },
  rows: [
    { id: 1, name: 'a', x: 1 },
    { id: 2, name: 'b', x: 2 },
  ],
};
const less = async (shorten: JsonObject, body: Answer['body'], options: JsonObject = {}) =>
  jsonOf(
    await runNode(httpRequestNode, {
      parameters: { url: 'https://a.test', shorten, options },
      http: () => ({ body }),
    }),
  );

test.each<[string, JsonObject, Answer['body'], JsonObject[]]>([
  ['the data only', { dataField: 'meta' }, DATA, [{ n: 2 }]],
  ['some fields of it', { dataField: 'rows', keep: 'selected', fields: 'id' }, DATA, [{ id: 1 }, { id: 2 }]],
  ['all but some', { dataField: 'rows', keep: 'except', fields: 'x, name' }, DATA, [{ id: 1 }, { id: 2 }]],
  ['few characters of JSON', { maxLength: 6 }, { a: 'long text' }, [{ data: '{"a":"' }]],
  ['no data', { dataField: 'nothing' }, DATA, [{ data: null }]],
  ['few characters of text', { what: 'text', maxLength: 3 }, 'hello', [{ data: 'hel' }]],
  ['part of a page', { what: 'html', selector: 'main p' }, PAGE, [{ data: 'Blue <b>mug</b>' }]],
  ['the text of a page', { what: 'html', textOnly: true, skip: 'nav, h1' }, PAGE, [{ data: 'Blue mug' }]],
])('gives %s', async (_name, shorten, body, expected) => {
  expect(await less(shorten, body)).toEqual(expected);
});

test('refuses a selector that is none', async () => {
  await expect(less({ what: 'html', selector: 'p[' }, PAGE)).rejects.toMatchObject({
    data: { kind: 'config', field: 'shorten' },
  });
});
