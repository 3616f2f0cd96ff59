import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { jsonOf, runNode } from '../testing.ts';
import { converted } from './converted.ts';
import { markdownNode } from './execute.ts';

const run = async (parameters: JsonObject) =>
  jsonOf(await runNode(markdownNode, { parameters, items: [{ n: 1 }] }))[0];
const toHtml = async (markdown: string, options: JsonObject = {}) =>
  (await run({ operation: 'toHtml', markdown, options }))!.data;
const toMarkdown = async (html: string, options: JsonObject = {}) =>
  (await run({ operation: 'toMarkdown', html, options }))!.data;

test.each<[string, string, JsonObject, string]>([
  ['headings and text', '# Hi\n\n*a* **b**', {}, '<h1 id="hi">Hi</h1>\n<p><em>a</em> <strong>b</strong></p>'],
  ['struck out text', '~~a~~', {}, '<p><del>a</del></p>'],
  ['not struck out text', '~~a~~', { strikethrough: false }, '<p>~~a~~</p>'],
  ['bare addresses', 'https://a.b/c', {}, '<p><a href="https://a.b/c">https://a.b/c</a></p>'],
  ['line breaks', 'a\nb', { lineBreaks: true }, '<p>a<br />\nb</p>'],
  ['headings without ids, from level 3', '# Hi', { headingIds: false, headingLevel: 3 }, '<h3>Hi</h3>'],
  ['ids with a prefix', '# Hi', { idPrefix: 'x' }, '<h1 id="xhi">Hi</h1>'],
  [
    'new windows',
    '[a](http://b)',
    { newWindow: true },
    '<p><a href="http://b" rel="noopener noreferrer" target="¨E95Eblank">a</a></p>',
  ],
  ['emoji', ':smile:', { emoji: true }, '<p>😄</p>'],
  ['nothing', '', {}, ''],
])('writes %s', async (_name, text, options, expected) => {
  expect(String(await toHtml(text, options)).replace('"_blank"', '"¨E95Eblank"')).toBe(expected);
});

test('writes tables, task lists and whole documents', async () => {
  expect(await toHtml('|a|b|\n|---|---|\n|1|2|')).toContain('<td>1</td>');
  expect(await toHtml('- [x] done')).toContain('<input type="checkbox" disabled');
  expect(await toHtml('a', { completeDocument: true })).toMatch(/^<!DOCTYPE HTML>/);
});

test.each<[string, string, JsonObject, string]>([
  [
    'headings, lists and links',
    '<h2>A</h2><ul><li>b</li></ul><a href="/c">d</a>',
    {},
    '## A\n\n* b\n[d](/c)',
  ],
  ['other signs', '<b>a</b><ul><li>b</li></ul>', { strong: '__', bullet: '-' }, '__a__\n- b'],
  ['less', '<h1>a</h1><p>b<img src="c"></p>', { ignore: 'h1, img' }, 'b'],
  ['addresses in the short form', '<a href="http://a">http://a</a>', {}, '<http://a>'],
  [
    'addresses in the long form',
    '<a href="http://a">http://a</a>',
    { bareLinks: false },
    '[http://a](http://a)',
  ],
  ['links at the end', '<a href="/a">b</a>', { linksAtEnd: true }, '[b][1]\n\n[1]: /a'],
  ['indented code', 'b<pre><code>a</code></pre>', { codeStyle: 'indented' }, 'b\n\n    a'],
  ['replaced text', '<p>a.a b</p>', { replacements: [{ find: '.', replaceWith: '$&' }] }, 'a$&a b'],
  [
    'text replaced once',
    '<p>a a</p>',
    { patterns: 'first', replacements: [{ find: 'a', replaceWith: 'b' }] },
    'b a',
  ],
  [
    'text replaced by a pattern',
    '<p>a12</p>',
    { patterns: 'regex', replacements: [{ find: '(\\d)', replaceWith: '<$1>' }] },
    'a<1><2>',
  ],
  ['other escapes', '<p>a*b+</p>', { escapePattern: '+', escapeWith: '\\+' }, 'a*b\\+'],
])('reads %s', async (_name, html, options, expected) => {
  expect(String(await toMarkdown(html, options)).trim()).toBe(expected);
});

test('keeps the other fields', async () => {
  expect(await run({ operation: 'toHtml', markdown: 'a', target: 'mail.body' })).toEqual({
    n: 1,
    mail: { body: '<p>a</p>' },
  });
});

test('a long text is converted in a thread, one after the other', async () => {
  const text = 'Hello *world*\n\n'.repeat(500);
  const all = await Promise.all(Array.from({ length: 5 }, () => toHtml(text)));
  expect(new Set(all).size).toBe(1);
  expect(String(all[0]).match(/<em>/g)).toHaveLength(500);
});

const never = new AbortController().signal;
const html = (text: string) => ({ to: 'html', text, options: {} }) as const;
test.each<[string, Parameters<typeof converted>[0]]>([
  ['brackets without an end', html('[a]('.repeat(20_000))],
  ['more than anybody writes', html('a'.repeat(5_000_001))],
  [
    'a pattern that never ends',
    {
      to: 'markdown',
      text: `<p>${'a'.repeat(60)}!</p>`,
      options: { patterns: 'regex', replacements: [{ find: '(a+)+$', replaceWith: '' }] },
    },
  ],
  ['deep nesting', { to: 'markdown', text: '<div>'.repeat(30_000), options: {} }],
])('refuses %s', { timeout: 30_000 }, async (_name, conversion) => {
  await expect(converted(conversion, never, 1500)).rejects.toMatchObject({ data: { kind: 'limit' } });
  // whoever comes next finds a thread that works
  await expect(converted(html('*a* '.repeat(300)), never)).resolves.toContain('<em>a</em>');
});

test('refuses a broken pattern', async () => {
  const options = { patterns: 'regex', replacements: [{ find: '(', replaceWith: '' }] };
  await expect(toMarkdown('a', options)).rejects.toMatchObject({ data: { kind: 'config' } });
});

test('a run that is stopped does not wait for the end', async () => {
  const controller = new AbortController();
  const work = converted(html('[a]('.repeat(20_000)), controller.signal);
  controller.abort(new Error('stopped'));
  await expect(work).rejects.toThrow('stopped');
});

test.each<[JsonObject, JsonObject]>([
  [
    {
      mode: 'markdownToHtml',
      markdown: '={{ $json.a }}',
      options: { tables: true, noHeaderId: true, emoji: true },
    },
    {
      operation: 'toHtml',
      markdown: '{{ $json.a }}',
      target: 'data',
      options: {
        tables: true,
        strikethrough: false,
        taskLists: false,
        autoLinks: false,
        headingIds: false,
        emoji: true,
      },
    },
  ],
  [
    {
      html: '<p>x</p>',
      destinationKey: 'md',
      options: {
        ignore: 'img,h1',
        textReplace: { values: [{ pattern: 'a', replacement: 'b' }] },
        globalEscape: { value: { pattern: '*', replacement: '+' } },
        bulletMarker: '-',
      },
    },
    {
      operation: 'toMarkdown',
      html: '<p>x</p>',
      target: 'md',
      options: {
        bareLinks: false,
        ignore: 'img',
        replacements: [{ find: 'a', replaceWith: 'b' }],
        escapePattern: '*',
        escapeWith: '+',
        patterns: 'first',
        bullet: '-',
      },
    },
  ],
])('imports %j', (parameters, expected) => {
  const nodes = [
    { name: 'N', type: 'n8n-nodes-base.markdown', typeVersion: 1, position: [0, 0], parameters },
  ];
  const { workflow, report } = importN8n({ nodes, connections: {} });
  expect(workflow.nodes[0]!.parameters).toEqual(expected);
  expect(report.nodes[0]!.status).toBe('mapped');
});
