import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { allowOrigin, answerPreflight, isPreflight, parseOrigins } from './webhook-origins.ts';

function answerTo(origins: string, headers: Record<string, string>, methods: string[] | null = ['POST']) {
  const set: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => void (set[name] = value),
    writeHead: (status: number) => {
      set.status = String(status);
      return { end: () => undefined };
    },
  };
  const request = { method: 'OPTIONS', headers } as unknown as IncomingMessage;
  const parsed = parseOrigins(origins).origins;
  if (isPreflight(request)) answerPreflight(parsed, methods, request, response as never);
  else allowOrigin(parsed, request, response as never);
  return set;
}
const SHOP = 'https://shop.example';
const asks = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'content-type, x-a',
};

describe('scripts of other sites', () => {
  it('may read the answer where their site is listed', () => {
    expect(answerTo(`${SHOP}, https://b.example`, { origin: SHOP })).toEqual({
      vary: 'origin',
      'access-control-allow-origin': SHOP,
      'access-control-expose-headers': '*',
    });
    expect(answerTo('*', { origin: SHOP })).toMatchObject({ 'access-control-allow-origin': '*' });
  });
  it.each(['https://evil.example', 'null', 'https://shop.example.evil.example', 'http://shop.example'])(
    'of %s may not',
    (origin) => {
      expect(answerTo(SHOP, { origin })).toEqual({ vary: 'origin' });
      expect(answerTo(SHOP, { origin, ...asks })).toEqual({ vary: 'origin', status: '204' });
    },
  );
  it('are told nothing where none is listed, and neither is who is no script', () => {
    expect(answerTo('', { origin: SHOP })).toEqual({});
    expect(answerTo('*', {})).toEqual({});
  });
});

it('a browser that asks is told what it may send', () => {
  expect(answerTo(SHOP, { origin: SHOP, ...asks }, ['GET', 'POST'])).toMatchObject({
    status: '204',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type, x-a',
    'access-control-max-age': '600',
  });
  expect(answerTo('*', { origin: SHOP, ...asks }, null)['access-control-allow-methods']).toBe('POST');
  const odd = { ...asks, 'access-control-request-headers': 'x\r\nset-cookie: a=b' };
  expect(answerTo('*', { origin: SHOP, ...odd })).not.toHaveProperty('access-control-allow-headers');
});

it.each(['shop.example', 'https://shop.example/path', 'https://*.example', 'javascript:x'])(
  '%s is no origin',
  (text) => expect(parseOrigins(text).wrong).toEqual([text]),
);
