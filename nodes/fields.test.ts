import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { checkFields } from './check.ts';
import { field, isShown } from './fields.ts';
import { inputSchema } from './input-schema.ts';

const fields = {
  mode: field.select({
    label: 'Mode',
    options: [
      { value: 'a', label: 'A' },
      { value: 'b', label: 'B' },
    ],
    default: 'a',
  }),
  count: field.number({ label: 'Count', default: 3, min: 1, integer: true }),
  name: field.text({ label: 'Name', required: true, showIf: { mode: ['b'] } }),
  on: field.boolean({ label: 'On' }),
  rows: field.list({ label: 'Rows', fields: { key: field.text({ label: 'Key', required: true }) } }),
};
const parse = (value: unknown) =>
  inputSchema({ ...fields, name: field.text({ label: 'Name' }) }).parse(value);

test('rendered parameters are coerced and completed', () => {
  expect(parse({ count: '7', on: 'true', name: 12 })).toEqual({
    mode: 'a',
    count: 7,
    on: true,
    name: '12',
    rows: [],
  });
});

test('a date in a text field is its ISO text', () => {
  expect(parse({ name: DateTime.fromISO('2026-01-02T00:00:00.000Z', { zone: 'UTC' }) }).name).toBe(
    '2026-01-02T00:00:00.000Z',
  );
});

test('fields that are not shown are not checked', () => {
  expect(isShown(fields.name, fields, {})).toBe(false);
  expect(checkFields(fields, {})).toEqual([]);
  expect(checkFields(fields, { mode: 'b' })).toMatchObject([{ code: 'required', field: 'name' }]);
});

test('templates are checked when they are rendered, literals at once', () => {
  expect(checkFields(fields, { count: '{{ $json.n }}' })).toEqual([]);
  expect(checkFields(fields, { count: 0 })).toMatchObject([{ code: 'invalid-parameter', field: 'count' }]);
  expect(checkFields(fields, { rows: [{ key: '' }] })).toMatchObject([{ field: 'rows.0.key' }]);
});

test('a comparison that does not exist is pointed out', () => {
  const group = { group: field.conditions({ label: 'Group' }) };
  const rows = (operator: string) => ({
    group: { combinator: 'and', rows: [{ left: '{{ $json.a }}', operator, right: 1 }] },
  });
  expect(checkFields(group, rows('number.gt'))).toEqual([]);
  expect(checkFields(group, rows('number.bigger'))).toMatchObject([
    { code: 'unknown-operator', severity: 'warning', field: 'group.rows.0.operator' },
  ]);
});

test.each<[string, unknown, boolean]>([
  ['written out', 'hush', true],
  ['written out beside a template sign', '\\{{ hush', true],
  ['a template', '{{ $vars.key }}', false],
  ['blank', ' ', false],
  ['absent', undefined, false],
  ['the default', 'none', false],
  ['a proxy without a login', 'http://proxy.test:3128', false],
  ['a proxy with a login', 'http://me:hush@proxy.test:3128', true],
])('a secret that is %s: %j is worth a warning: %s', (_name, secret, expected) => {
  const secrets = {
    secret: field.text({ label: 'Secret', secret: true, default: 'none' }),
    open: field.text({ label: 'Open' }),
    literal: field.text({ label: 'Of a credential', secret: true, template: false }),
  };
  const issues = checkFields(
    { options: field.options({ label: 'O', fields: secrets }) },
    {
      options: { secret, open: 'hush', literal: 'hush' },
    },
  );
  expect(issues).toEqual(
    expected
      ? [
          {
            code: 'secret-in-workflow',
            severity: 'warning',
            field: 'options.secret',
            message: expect.stringMatching(
              /^“Secret” is written into the workflow, .*credential, or let a template bring it\.$/,
            ),
          },
        ]
      : [],
  );
});

test('a secret that is not shown is no matter', () => {
  const fields = {
    from: field.select({ label: 'From', options: [{ value: 'a', label: 'A' }], default: 'a' }),
    secret: field.text({ label: 'Secret', secret: true, showIf: { from: ['b'] } }),
  };
  expect(checkFields(fields, { secret: 'hush' })).toEqual([]);
});
