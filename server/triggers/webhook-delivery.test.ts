import { expect, it } from 'vitest';
import { deliveryIdOf } from './webhook-delivery.ts';

const call = (more: Partial<Parameters<typeof deliveryIdOf>[0]>) => ({
  headers: {},
  params: {},
  query: {},
  body: {},
  ...more,
});

it('is found where the webhook says, in a known header, or nowhere', () => {
  const body = { event: { id: 'e1' }, n: 5 };
  const id = deliveryIdOf(call({ body }), 'body.event.id', null);
  expect(id).toMatch(/^at:/);
  expect(deliveryIdOf(call({ body: { event: { id: 'e2' } } }), 'body.event.id', null)).not.toBe(id);
  expect(deliveryIdOf(call({ headers: { 'x-id': 'e1' } }), 'headers.x-id', null)).toBe(id);
  expect(deliveryIdOf(call({ body }), 'body.n', null)).toMatch(/^at:/);
  expect(deliveryIdOf(call({ headers: { 'x-github-delivery': 'g' } }), '', null)).toBe('g');
  expect(deliveryIdOf(call({ headers: { 'webhook-id': 'w' }, body }), 'body.none', null)).toBe('w');
  expect(deliveryIdOf(call({}), '', null)).toBeNull();
});

it.each([null, '', {}, [], true, ['a']])('%j is no id', (value) => {
  expect(deliveryIdOf(call({ body: { id: value } }), 'body.id', null)).toBeNull();
});

it('what was signed counts before what anybody could change', () => {
  const headers = { 'webhook-id': 'made up' };
  const first = deliveryIdOf(call({ headers, body: { id: 'evt_1' } }), '', 'stripe');
  expect(first).toMatch(/^signed:/);
  expect(deliveryIdOf(call({ body: { id: 'evt_1' } }), '', 'stripe')).toBe(first);
  expect(deliveryIdOf(call({ body: { event_id: 'Ev1' } }), '', 'slack')).toMatch(/^signed:/);
  expect(deliveryIdOf(call({ body: { id: 'evt_1' } }), '', null)).toBeNull();
});

it.each(['__proto__.x', 'constructor.name', 'body.__proto__.polluted', 'body.constructor.name'])(
  '%s leads nowhere',
  (path) => expect(deliveryIdOf(call({ body: { a: 1 } }), path, null)).toBeNull(),
);

it('is short whatever was sent', () => {
  const body = { id: '\0'.repeat(100_000) };
  expect(deliveryIdOf(call({ body }), 'body.id', null)!.length).toBeLessThan(60);
  expect(deliveryIdOf(call({ headers: { 'webhook-id': 'x'.repeat(9_000) } }), '', null)!.length).toBe(300);
});
