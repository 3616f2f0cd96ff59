import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { htmlNode } from './execute.ts';

const PAGE = `<html><head><title>Shop</title><style>p{}</style></head><body>
  <h1>  Mugs </h1>
  <ul class="list"><li><a href="/blue">Blue <b>mug</b></a></li><li><a href="/red">Red mug</a></li></ul>
  <p>Cheap<br>and <i>good</i></p><p>Free<span class="ad"> Buy now</span></p>
  <table><tr><td>one</td><td>two</td></tr></table>
  <input name="size" value="L"><script>let x = 1;</script>
</body></html>`;

const extract = async (values: JsonObject[], options: JsonObject = {}, data: unknown = PAGE) =>
  jsonOf(
    await runNode(htmlNode, {
      parameters: { operation: 'extract', values, options },
      items: [{ data, id: 7 }],
    }),
  );

test.each<[string, JsonObject, unknown]>([
  ['text', { selector: 'h1' }, 'Mugs'],
  ['readable text of blocks', { selector: 'ul' }, 'Blue mug\nRed mug'],
  ['text of several matches', { selector: 'li' }, 'Blue mug\nRed mug'],
  ['line breaks', { selector: 'p:first-of-type' }, 'Cheap\nand good'],
  ['cells of a row', { selector: 'table' }, 'one two'],
  ['text without some elements', { selector: 'p:last-of-type', skip: '.ad' }, 'Free'],
  ['an attribute', { selector: 'a', take: 'attribute', attribute: 'href' }, '/blue'],
  ['every attribute', { selector: 'a', take: 'attribute', attribute: 'href', all: true }, ['/blue', '/red']],
  ['inner HTML', { selector: 'li', take: 'html' }, '<a href="/blue">Blue <b>mug</b></a>'],
  ['the value of an input', { selector: 'input', take: 'value' }, 'L'],
  ['nothing', { selector: 'h6' }, undefined],
  ['a list of nothing', { selector: 'h6', all: true }, []],
  [
    'a missing attribute in a list',
    { selector: 'h1', take: 'attribute', attribute: 'id', all: true },
    [null],
  ],
])('extracts %s', async (_name, row, expected) => {
  expect(await extract([{ key: 'x', ...row }])).toEqual([expected === undefined ? {} : { x: expected }]);
});

test.each<[string, JsonObject, JsonObject, string]>([
  ['as it stands', { selector: 'p' }, { textStyle: 'raw' }, 'Cheapand goodFree Buy now'],
  ['with addresses', { selector: 'li' }, { textStyle: 'marked' }, '* Blue mug [/blue]\n * Red mug [/red]'],
  ['with headings in capitals', { selector: 'h1' }, { textStyle: 'marked' }, 'MUGS'],
  ['untrimmed', { selector: 'h1' }, { textStyle: 'raw', trim: false }, '  Mugs '],
  ['on one line', { selector: 'p' }, { cleanUp: true }, 'Cheap and good Free Buy now'],
])('gives text %s', async (_name, row, options, expected) => {
  expect(await extract([{ key: 'x', ...row }], options)).toEqual([{ x: expected }]);
});

test('a list of texts gives one item each, with the other fields if wanted', async () => {
  const rows = [{ key: 'x', selector: 'b' }];
  expect(await extract(rows, {}, ['<b>1</b>', '<b>2</b>'])).toEqual([{ x: '1' }, { x: '2' }]);
  expect(await extract(rows, { keepFields: true }, '<b>1</b>')).toEqual([
    { data: '<b>1</b>', id: 7, x: '1' },
  ]);
});

test('names that lead to prototypes are not followed', async () => {
  const [json] = await extract([{ key: '__proto__', selector: 'h1' }]);
  expect(json).toEqual({});
  expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
});

test.each<[string, JsonObject, unknown, object]>([
  ['a broken selector', { selector: 'p[' }, PAGE, { kind: 'config', field: 'values.0.selector' }],
  [
    'a broken selector to leave out',
    { selector: 'p', skip: '::::' },
    PAGE,
    { kind: 'config', field: 'values.0.skip' },
  ],
  ['an endless selector', { selector: `p${' p'.repeat(2000)}` }, PAGE, { kind: 'config' }],
  ['a missing field', { selector: 'p' }, null, { kind: 'config', field: 'source' }],
  ['deep nesting', { selector: 'p' }, '<div>'.repeat(50_000), { kind: 'limit' }],
  [
    'tags that multiply',
    { selector: 'p' },
    `<p>${'<b x>'.replaceAll('x', 'id=1').repeat(3)}${Array.from({ length: 800 }, (_, i) => `<b id=${i}>`).join('')}${'</p><p>x'.repeat(100_000)}`,
    { kind: 'limit' },
  ],
  [
    'a slow selector on a wide page',
    { selector: 'p:nth-child(3n)' },
    '<p>x</p>'.repeat(30_000),
    { kind: 'limit', field: 'values.0.selector' },
  ],
  ['a search among many siblings', { selector: 'b ~ p' }, '<p>x</p>'.repeat(30_000), { kind: 'limit' }],
  [
    'selectors inside each other',
    { selector: ':has(:has(:has(p)))' },
    '<div>'.repeat(900),
    { kind: 'limit' },
  ],
])('refuses %s', { timeout: 30_000 }, async (_name, row, data, error) => {
  await expect(extract([{ key: 'x', ...row }], {}, data)).rejects.toMatchObject({ data: error });
});

test('a long page lets others work meanwhile', async () => {
  let asked = 0;
  const breathe = () => {
    asked++;
    return Promise.resolve();
  };
  const items = [{ data: '<p>word</p>'.repeat(20_000) }];
  const parameters = { operation: 'extract', values: [{ key: 'x', selector: 'p', all: true }] };
  const [json] = jsonOf(await runNode(htmlNode, { parameters, items, breathe }));
  expect((json!.x as string[]).length).toBe(20_000);
  expect(asked).toBeGreaterThan(20);
});

test('fills a template per item', async () => {
  const parameters = (_: unknown, i: number) => ({ operation: 'template', html: `<h1>${i}</h1>` });
  expect(jsonOf(await runNode(htmlNode, { parameters, items: [{}, {}] }))).toEqual([
    { html: '<h1>0</h1>' },
    { html: '<h1>1</h1>' },
  ]);
});

const table = async (options: JsonObject, items: JsonObject[]) =>
  jsonOf(await runNode(htmlNode, { parameters: { operation: 'table', options }, items }));

test('makes a table with a column for every field', async () => {
  const items = [
    { first_name: 'Ada', n: 1 },
    { first_name: '<b>', tags: ['x'], n: null },
  ];
  expect(await table({ plain: true, capitalise: true, caption: 'People' }, items)).toEqual([
    {
      table: [
        '<table>',
        '<caption>People</caption>',
        '<thead><tr><th>First Name</th><th>N</th><th>Tags</th></tr></thead>',
        '<tbody>',
        '<tr><td>Ada</td><td>1</td><td></td></tr>',
        '<tr><td>&lt;b&gt;</td><td></td><td>[&quot;x&quot;]</td></tr>',
        '</tbody>',
        '</table>',
      ].join('\n'),
    },
  ]);
});

test('a table may have styles, attributes and HTML in its cells', async () => {
  const [json] = await table({ escape: false, cellAttributes: 'class="c"' }, [{ a: '<b>1</b>' }]);
  expect(json!.table).toMatch(/<td class="c" style="[^"]+"><b>1<\/b><\/td>/);
  expect(await table({}, [])).toEqual([]);
});

test.each<[string, number, JsonObject, JsonObject]>([
  [
    'htmlExtract',
    1,
    {
      dataPropertyName: 'body',
      extractionValues: { values: [{ key: 'a', cssSelector: 'li', returnArray: true }] },
      options: { trimValues: false },
    },
    {
      operation: 'extract',
      source: 'body',
      values: [{ key: 'a', selector: 'li', all: true }],
      options: { textStyle: 'raw', trim: false },
    },
  ],
  [
    'html',
    1.2,
    {
      operation: 'extractHtmlContent',
      extractionValues: {
        values: [
          { key: 'a', cssSelector: 'a', returnValue: 'attribute', attribute: 'href' },
          { key: 'b', cssSelector: '=#{{ $json.id }}', skipSelectors: 'img' },
        ],
      },
      options: { cleanUpText: true },
    },
    {
      operation: 'extract',
      source: 'data',
      values: [
        { key: 'a', selector: 'a', take: 'attribute', attribute: 'href' },
        { key: 'b', selector: '#{{ $json.id }}', skip: 'img' },
      ],
      options: { textStyle: 'marked', cleanUp: true },
    },
  ],
  ['html', 1, { html: '<p>{{ $json.x }}</p>' }, { operation: 'template', html: '<p>{{ $json.x }}</p>' }],
  ['html', 1.1, { html: '={{ $json.page }}' }, { operation: 'template', html: '{{ $json.page }}' }],
  [
    'html',
    1.2,
    { operation: 'convertToHtmlTable', options: { capitalize: true, customStyling: true } },
    { operation: 'table', options: { capitalise: true, plain: true, escape: false } },
  ],
])('imports %s %d', (type, typeVersion, parameters, expected) => {
  const { workflow, report } = importN8n({
    nodes: [{ name: 'N', type: `n8n-nodes-base.${type}`, typeVersion, position: [0, 0], parameters }],
    connections: {},
  });
  expect(workflow.nodes[0]).toMatchObject({ type: 'html', parameters: expected });
  expect(report.nodes[0]!.status).toBe('mapped');
});
