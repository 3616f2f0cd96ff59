import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitions } from './definitions.ts';
import { field } from './fields.ts';
import { inputSchema } from './input-schema.ts';
import { inputReader, UNSURE } from './read-input.ts';

const cases = definitions.flatMap((definition) =>
  Object.entries(definition.operations).map(
    ([name, { fields }]) => [`${definition.type} ${name}`, fields] as const,
  ),
);

const value = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'true',
    true,
    false,
    0,
    1,
    2.5,
    '3',
    Number.NaN,
    'fields',
    'json',
  ),
  fc.jsonValue(),
  fc.array(
    fc.record({ name: fc.string(), type: fc.constantFrom('string', 'any', 'odd'), value: fc.jsonValue() }),
  ),
  fc.record({
    combinator: fc.constantFrom('and', 'or', 'xor'),
    ignoreCase: fc.constantFrom(undefined, true, 'true'),
    rows: fc.array(fc.record({ left: fc.jsonValue(), operator: fc.constantFrom('string.equals', 1) })),
  }),
);

test.each(cases)(
  '%s: the short way gives what the schema gives, or leaves it to the schema',
  (_name, fields) => {
    const read = inputReader(fields);
    const schema = inputSchema(fields);
    const options = Object.values(fields).flatMap((f) =>
      f.kind === 'select' ? f.options.map((o) => o.value) : [],
    );
    const rendered = fc.record(
      Object.fromEntries(
        Object.keys(fields).map((name) => [
          name,
          options.length > 0 ? fc.oneof(value, fc.constantFrom<unknown>(...options)) : value,
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(rendered, (given) => {
        const short = read(given, new Map());
        if (short === UNSURE) return;
        const long = schema.safeParse(given);
        expect(long.error?.issues ?? []).toEqual([]);
        expect(plain(short)).toEqual(plain(long.data));
      }),
      { numRuns: 150 },
    );
  },
);

/** Without keys that nobody asked for: the schema leaves them out, the short way does not copy. */
const plain = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, v) => (key === 'odd' ? undefined : v)));

test('takes what needs no conversion', () => {
  const read = inputReader({
    count: field.number({ label: 'Count', default: 3 }),
    name: field.text({ label: 'Name' }),
  });
  expect(read({ count: 5, name: 'Ada' })).toEqual({ count: 5, name: 'Ada' });
  expect(read({})).toEqual({ count: 3, name: '' });
  expect(read({ count: '5' })).toBe(UNSURE);
});

test('does not look again at a value that is the same as for the item before', () => {
  const read = inputReader({
    rows: field.list({ label: 'Rows', fields: { name: field.text({ label: 'Name' }) } }),
  });
  const rows = [{ name: 'a' }];
  const remembered = new Map();
  const first = read({ rows }, remembered);
  const second = read({ rows }, remembered);
  expect(first).toEqual({ rows: [{ name: 'a' }] });
  expect((second as { rows: unknown }).rows).toBe((first as { rows: unknown }).rows);
});

test('a field that must be filled in and is not goes to the schema, for its message', () => {
  const read = inputReader({ name: field.text({ label: 'Name', required: true }) });
  expect(read({ name: '' })).toBe(UNSURE);
});
