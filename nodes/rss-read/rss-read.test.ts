import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { importN8n } from '../n8n-import.ts';
import { type Answer, jsonOf, runNode } from '../testing.ts';
import { entriesOf } from './entries-of.ts';
import { rssReadNode } from './execute.ts';

const entry = (n: number, more = '') =>
  `<item><title>Post ${n}</title><link>https://a.test/${n}</link><pubDate>Mon, 05 Jan 2026 09:0${n}:00 GMT</pubDate><description>&lt;p&gt;Text &amp;amp; more&lt;/p&gt;</description>${more}</item>`;
const rss = (...entries: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:x="http://x"><channel><title>Blog</title>${entries.join('')}</channel></rss>`;
const read = async (
  body: Answer['body'],
  options: JsonObject = {},
  items: JsonObject[] = [{}],
  answer: Answer = {},
) =>
  jsonOf(
    await runNode(rssReadNode, {
      parameters: { url: 'a.test/feed', options },
      items,
      http: (request) => {
        expect(request).toMatchObject({ method: 'GET', url: 'https://a.test/feed' });
        return { body, ...answer };
      },
    }),
  );

test('gives the entries of an RSS feed', async () => {
  expect(await read(rss(entry(1), entry(2)))).toEqual(
    [1, 2].map((n) => ({
      title: `Post ${n}`,
      link: `https://a.test/${n}`,
      pubDate: `Mon, 05 Jan 2026 09:0${n}:00 GMT`,
      isoDate: `2026-01-05T09:0${n}:00.000Z`,
      content: '<p>Text &amp; more</p>',
      contentSnippet: 'Text & more',
    })),
  );
});

test('gives the entries of an Atom feed', async () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><entry><title>Hi</title><id>7</id><link href="https://a.test/7"/><updated>2026-01-05T09:00:00Z</updated></entry></feed>`;
  expect(await read(atom)).toMatchObject([{ title: 'Hi', id: '7', link: 'https://a.test/7' }]);
});

test('gives further fields, and no more entries than wanted', async () => {
  const body = rss(
    entry(1, '<x:rank>5</x:rank><note>n</note><__proto__><evil>1</evil></__proto__>'),
    entry(2),
  );
  const [json, ...rest] = await read(body, { customFields: 'x:rank, note, __proto__', limit: 1 });
  expect(json).toMatchObject({ 'x:rank': '5', note: 'n' });
  expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
  expect(json).not.toHaveProperty('evil');
  expect(rest).toEqual([]);
});

test('reads a feed per item, or once', async () => {
  expect(await read(rss(entry(1)), {}, [{}, {}])).toHaveLength(2);
  expect(await read(rss(entry(1)), { once: true }, [{}, {}])).toHaveLength(1);
});

test('a feed in an old charset', async () => {
  const body = new Uint8Array(Buffer.from(rss('<item><title>caf\u00e9</title></item>'), 'utf8'));
  const latin = new Uint8Array(Buffer.from(rss('<item><title>caf\u00e9</title></item>'), 'latin1'));
  expect(await read(body)).toMatchObject([{ title: 'café' }]);
  const headers = { 'content-type': 'text/xml; charset=iso-8859-1' };
  expect(await read(latin, {}, [{}], { headers })).toMatchObject([{ title: 'café' }]);
});

test('a long feed is read in a thread', async () => {
  const body = rss(...Array.from({ length: 500 }, () => entry(3)));
  expect(await read(body)).toHaveLength(500);
});

test.each<[string, Answer['body'], Answer, object]>([
  ['a page', '<html><body>hi</body></html>', {}, { kind: 'upstream', retryable: false }],
  ['text', 'hello', {}, { kind: 'upstream', detail: 'hello' }],
  [
    'own entities',
    `<!DOCTYPE r [<!ENTITY a "b">]>${rss('<item><title>&a;</title></item>')}`,
    {},
    { kind: 'upstream' },
  ],
  ['a status', '', { status: 404 }, { kind: 'upstream', status: 404 }],
])('refuses %s', async (_name, body, answer, data) => {
  await expect(read(body, {}, [{}], answer)).rejects.toMatchObject({ data });
});

test('a feed that is made to be slow is given up', async () => {
  const text = rss(`<item><description>${'&lt;'.repeat(400_000)}</description></item>`);
  await expect(
    entriesOf({ text, customFields: [] }, new AbortController().signal, 700),
  ).rejects.toMatchObject({ data: { kind: 'limit' } });
});

test.each<[number, JsonObject, JsonObject, string]>([
  [1, { url: '={{ $json.u }}' }, { url: '{{ $json.u }}', options: { once: true } }, 'mapped'],
  [1.2, { url: 'u', options: { customFields: 'a' } }, { url: 'u', options: { customFields: 'a' } }, 'mapped'],
  [1.1, { url: 'u', options: { ignoreSSL: true } }, { url: 'u', options: {} }, 'approximated'],
])('imports version %d with %j', (typeVersion, parameters, expected, status) => {
  const nodes = [
    { name: 'N', type: 'n8n-nodes-base.rssFeedRead', typeVersion, position: [0, 0], parameters },
  ];
  const { workflow, report } = importN8n({ nodes, connections: {} });
  expect(workflow.nodes[0]!.parameters).toEqual(expected);
  expect(report.nodes[0]!.status).toBe(status);
});
