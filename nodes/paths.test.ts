import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { copyJson, getPath, hasPath, nameList, parsePath, setPath, unsetPath } from './paths.ts';

test.each([
  ['a.b', ['a', 'b']],
  ['items[0].name', ['items', '0', 'name']],
  ['a["b c"].d', ['a', 'b c', 'd']],
  ["['x.y']", ['x.y']],
])('reads %s', (path, parts) => expect(parsePath(path)).toEqual(parts));

test.each([
  ['a.b', 1],
  ['a.c', undefined],
  ['x.y', 2],
  ['list[1]', 'two'],
  ['list.length', 2],
  ['toString', undefined],
])('gets %s', (path, value) => {
  expect(getPath({ a: { b: 1 }, 'x.y': 2, list: ['one', 'two'] }, path)).toEqual(value);
});

test('a name with dots is one key when dots are off', () => {
  expect(getPath({ a: { b: 1 } }, 'a.b', false)).toBeUndefined();
  const target = {};
  setPath(target, 'a.b', 1, false);
  expect(target).toEqual({ 'a.b': 1 });
});

test('makes objects and lists on its way', () => {
  const target = {};
  setPath(target, 'a.list[1].x', 5);
  expect(target).toEqual({ a: { list: [undefined, { x: 5 }] } });
});

test('never follows names that lead to prototypes', () => {
  const target = {};
  setPath(target, '__proto__.polluted', true);
  setPath(target, 'constructor.prototype.polluted', true);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(target).toEqual({});
});

test('removes and finds fields', () => {
  const target = { a: { b: null, c: 1 } };
  expect(hasPath(target, 'a.b')).toBe(true);
  unsetPath(target, 'a.b');
  unsetPath(target, 'nowhere.b');
  expect(target).toEqual({ a: { c: 1 } });
});

test('lists names from text or a list', () => {
  expect(nameList(' a, b ,,c')).toEqual(['a', 'b', 'c']);
  expect(nameList(['a', ' b '])).toEqual(['a', 'b']);
  expect(nameList(undefined)).toEqual([]);
});

test('copies deeply and turns dates into text', () => {
  const original = { a: [{ b: 1 }], at: DateTime.fromISO('2026-01-02T03:04:05.000Z', { zone: 'UTC' }) };
  const copy = copyJson(original);
  expect(copy).toEqual({ a: [{ b: 1 }], at: '2026-01-02T03:04:05.000Z' });
  expect(copy.a).not.toBe(original.a);
});
