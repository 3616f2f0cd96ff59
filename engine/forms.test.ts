import { expect, it } from 'vitest';
import type { FormField, FormPage } from './events.ts';
import { readForm } from './forms.ts';

const field = (name: string, kind: FormField['kind'], more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  kind,
  required: false,
  help: '',
  placeholder: '',
  value: '',
  options: [],
  multiple: false,
  accept: '',
  ...more,
});
const page = (...fields: FormField[]): FormPage => ({
  title: 'T',
  description: '',
  submitLabel: 'Send',
  fields,
});

it('gives answers their types, and nothing that was not asked', () => {
  const asked = page(
    field('name', 'text'),
    field('age', 'number'),
    field('tags', 'checkbox', { options: ['a', 'b'] }),
    field('none', 'multi-select', { options: ['a'] }),
    field('left out', 'text'),
    field('hint', 'note'),
  );
  const { values, issues } = readForm(asked, {
    name: 'Ada',
    age: '36',
    tags: ['a', 'b'],
    extra: 'x',
    hint: 'x',
  });
  expect(values).toEqual({ name: 'Ada', age: 36, tags: ['a', 'b'], none: [], 'left out': null });
  expect(issues).toEqual({});
});

it('takes one of a list for a list, and no prototype for an answer', () => {
  const asked = page(
    field('tags', 'checkbox', { options: ['a'] }),
    field('toString', 'text'),
    field('__proto__', 'text'),
  );
  const { values } = readForm(asked, { tags: 'a' });
  expect(Object.entries(values)).toEqual([
    ['tags', ['a']],
    ['toString', null],
    ['__proto__', null],
  ]);
});

it.each([
  [field('f', 'text', { required: true }), '', 'Fill this in.'],
  [field('f', 'checkbox', { required: true, options: ['a'] }), undefined, 'Choose at least one.'],
  [field('f', 'email'), 'ada', 'This is not an e-mail address.'],
  [field('f', 'number'), '1e', 'This is not a number.'],
  [field('f', 'date'), '2026-13-01', 'This is not a date.'],
  [field('f', 'date'), 'tomorrow', 'This is not a date.'],
  [field('f', 'select', { options: ['a'] }), 'b', 'Choose from the list.'],
  [field('f', 'multi-select', { options: ['a'] }), ['a', 'c'], 'Choose from the list.'],
  [field('f', 'text'), 'x'.repeat(100_001), 'This is too long.'],
])('says what is wrong with %o', (asked, given, issue) => {
  expect(readForm(page(asked), { f: given as string }).issues).toEqual({ f: issue });
});

it('counts files', () => {
  const asked = page(field('f', 'file', { required: true }));
  expect(readForm(asked, {}, {}).issues).toEqual({ f: 'Choose a file.' });
  expect(readForm(asked, {}, { f: 2 }).issues).toEqual({ f: 'Choose one file only.' });
  expect(readForm(asked, {}, { f: 1 })).toEqual({ values: {}, issues: {} });
});
