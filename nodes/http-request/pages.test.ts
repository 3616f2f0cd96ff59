import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import type { HttpRequest } from '#engine/node.ts';
import { type Answer, jsonOf, type NodeTest, runNode } from '../testing.ts';
import { httpRequestNode } from './execute.ts';

type Names = { $response: JsonObject; $pageCount: number; $request: JsonObject };
/** Stands for the expression language: `{{ … }}` is the name of one of these. */
const EXPRESSIONS: Record<string, (names: Names) => unknown> = {
  next: ({ $response }) => ($response.body as JsonObject)?.next,
  cursor: ({ $response }) => ($response.body as JsonObject | undefined)?.cursor,
  page: ({ $pageCount }) => $pageCount + 1,
  done: ({ $response }) => ($response.body as JsonObject).last === true,
  lastUrl: ({ $request }) => $request.url,
  status: ({ $response }) => $response.statusCode,
};
const evaluate = (template: string, _itemIndex: number, names?: JsonObject) =>
  EXPRESSIONS[template.replace(/[{} ]/g, '')]?.(names as Names);

async function fetchAll(
  parameters: JsonObject,
  answers: (Answer | ((request: HttpRequest) => Answer))[],
  more: Partial<NodeTest> = {},
) {
  const sent: HttpRequest[] = [];
  const result = await runNode(httpRequestNode, {
    parameters: { url: 'https://api.test/users', ...parameters },
    evaluate,
    ...more,
    http: (request) => {
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1]!;
      return typeof answer === 'function' ? answer(request) : answer;
    },
  });
  return { items: jsonOf(result), sent, main: result.outputs.main! };
}
const page = (...ids: number[]): Answer => ({ body: ids.map((id) => ({ id })) });

test('changes a parameter until a page is empty', async () => {
  const { items, sent, main } = await fetchAll(
    {
      pages: 'parameters',
      query: [{ name: 'limit', value: '2' }],
      pageParameters: [{ name: 'page', value: '{{ page }}' }],
    },
    [page(1, 2), page(3), page()],
  );
  expect(items).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(sent.map(({ query }) => query)).toEqual([
    { limit: '2', page: '1' },
    { limit: '2', page: '2' },
    { limit: '2', page: '3' },
  ]);
  expect(main.map(({ source }) => source)).toEqual([{ item: 0 }, { item: 0 }, { item: 0 }]);
});

test('follows the address that the answer names', async () => {
  const { items, sent } = await fetchAll(
    {
      pages: 'next-url',
      nextUrl: '{{ next }}',
      query: [
        { name: 'limit', value: '1' },
        { name: 'page', value: '1' },
      ],
    },
    [
      { body: { id: 1, next: 'https://api.test/users?page=2' } },
      { body: { id: 2, next: '/more?page=3' } },
      { body: { id: 3 } },
    ],
  );
  expect(items.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(sent.map(({ url, query }) => [url, query])).toEqual([
    ['https://api.test/users', { limit: '1', page: '1' }],
    ['https://api.test/users?page=2', { limit: '1' }],
    ['https://api.test/more?page=3', { limit: '1' }],
  ]);
});

test('another site gets neither the token nor the cookies', async () => {
  const { sent } = await fetchAll(
    {
      pages: 'next-url',
      nextUrl: '{{ next }}',
      authentication: 'credential',
      headers: [
        { name: 'Authorization', value: 'Bearer t' },
        { name: 'X-Own', value: '1' },
      ],
    },
    [{ body: { next: 'https://evil.test/x' } }, { body: {} }],
    { credentials: { auth: { type: 'header', data: { name: 'X-Key', value: 'k' } } } },
  );
  expect(sent.map(({ headers }) => headers)).toEqual([
    { authorization: 'Bearer t', 'x-own': '1', 'x-key': 'k' },
    { 'x-own': '1' },
  ]);
});

test('an answer that repeats a secret of the query in the next address gets it once', async () => {
  const { sent } = await fetchAll(
    { pages: 'next-url', nextUrl: '{{ next }}', authentication: 'credential' },
    [({ url, query }) => ({ body: { next: `${url}?key=${String(query!.key)}&page=2` } }), { body: {} }],
    { credentials: { auth: { type: 'query', data: { name: 'key', value: 'very-secret' } } } },
  );
  expect(sent.map(({ url, query }) => [url, query])).toEqual([
    ['https://api.test/users', { key: 'very-secret' }],
    ['https://api.test/users?page=2', { key: 'very-secret' }],
  ]);
});

test('leaves out what the first request cannot know yet', async () => {
  const parameters = {
    pages: 'parameters',
    method: 'POST',
    body: 'json',
    jsonBody: { size: 2 },
    pageParameters: [
      { place: 'body', name: 'cursor', value: '{{ cursor }}' },
      { place: 'headers', name: 'X-Page', value: '{{ page }}' },
    ],
    completeWhen: 'condition',
    completeCondition: '{{ done }}',
  };
  const { items, sent } = await fetchAll(parameters, [
    { body: { id: 1, cursor: 'c1' } },
    { body: { id: 2, last: true } },
  ]);
  expect(items.map(({ id }) => id)).toEqual([1, 2]);
  expect(sent.map(({ body, headers }) => [body, headers!['x-page']])).toEqual([
    ['{"size":2}', '1'],
    ['{"size":2,"cursor":"c1"}', '2'],
  ]);
});

test('a form may change from page to page, text may not', async () => {
  const rows = [{ place: 'body', name: 'p', value: '{{ page }}' }];
  const form = { pages: 'parameters', method: 'POST', body: 'form', formFields: [{ name: 'a', value: '1' }] };
  const { sent } = await fetchAll({ ...form, pageParameters: rows }, [page(1), page()]);
  expect(sent.map(({ body }) => body)).toEqual(['a=1&p=1', 'a=1&p=2']);
  await expect(
    fetchAll({ pages: 'parameters', body: 'raw', rawBody: 'x', pageParameters: rows }, [page()]),
  ).rejects.toMatchObject({ data: { kind: 'config', field: 'pageParameters' } });
});

test('every page of a POST has a key of its own, but for one that is written out', async () => {
  const keysOf = async (headers: JsonObject[]) => {
    const parameters = { pages: 'parameters', method: 'POST', headers };
    const { sent } = await fetchAll(parameters, [page(1), page(2), page()]);
    return sent.map((request) => request.headers!['idempotency-key']);
  };
  const key = 'execution:n1:0:0';
  expect(await keysOf([])).toEqual([key, `${key}:2`, `${key}:3`]);
  expect(await keysOf([{ name: 'Idempotency-Key', value: 'mine' }])).toEqual(['mine', 'mine', 'mine']);
});

test('stops at a status that says so, and fails at others', async () => {
  const parameters = {
    pages: 'parameters',
    pageParameters: [{ name: 'page', value: '{{ page }}' }],
    completeWhen: 'status',
    completeStatus: '404, 204',
  };
  const { items } = await fetchAll(parameters, [page(1), { status: 404, body: { error: 'no more' } }]);
  expect(items).toEqual([{ id: 1 }]);
  await expect(fetchAll(parameters, [page(1), { status: 500 }])).rejects.toMatchObject({
    data: { status: 500 },
  });
});

test('fetches no more pages than wanted', async () => {
  let n = 0;
  const endless = () => page(n++);
  const { items } = await fetchAll({ pages: 'parameters', maxPages: 3 }, [endless]);
  expect(items).toHaveLength(3);
});

test('gives up when the same page comes again and again', async () => {
  const run = fetchAll({ pages: 'parameters', maxPages: 10_000 }, [page(1)]);
  await expect(run).rejects.toMatchObject({ data: { kind: 'limit', field: 'pages' } });
});

test('gives status and headers per page, and waits between pages', async () => {
  const start = performance.now();
  const { items } = await fetchAll(
    { pages: 'parameters', maxPages: 2, pagePauseMs: 30, options: { fullResponse: true } },
    [page(1), page(2)],
  );
  expect(items).toMatchObject([
    { statusCode: 200, body: [{ id: 1 }] },
    { statusCode: 200, body: [{ id: 2 }] },
  ]);
  expect(performance.now() - start).toBeGreaterThan(25);
});

test('every item has its own pages', async () => {
  const { items } = await fetchAll(
    {
      pages: 'parameters',
      pageParameters: [{ name: 'page', value: '{{ page }}' }],
      options: { concurrency: 1 },
    },
    [page(1), page(), page(2), page(3), page()],
    { items: [{}, {}] },
  );
  expect(items).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test.each<[string, Answer]>([
  ['an empty text', { body: '' }],
  ['an empty object', { body: {} }],
  ['null', { body: null }],
])('%s is an empty page', async (_name, answer) => {
  expect((await fetchAll({ pages: 'parameters' }, [page(1), answer])).items).toEqual([{ id: 1 }]);
});
