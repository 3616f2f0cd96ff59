import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import {
  copyJson,
  getPath,
  hasPath,
  nameList,
  only,
  parsePath,
  setPath,
  shallowCopy,
  unsetPath,
  without,
} from './paths.ts';

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

test('changes what it is handed at the top only: what is inside may be shared', () => {
  const original = { a: { b: { c: 1 }, list: [1, 2] }, other: { d: 1 } };
  const copy = shallowCopy(original);
  setPath(copy, 'a.b.c', 2);
  setPath(copy, 'a.list[0]', 9);
  unsetPath(copy, 'a.b.none');
  expect(copy).toEqual({ a: { b: { c: 2 }, list: [9, 2] }, other: { d: 1 } });
  expect(original).toEqual({ a: { b: { c: 1 }, list: [1, 2] }, other: { d: 1 } });
  expect(copy.other).toBe(original.other);
  const less = shallowCopy(original);
  unsetPath(less, 'a.b.c');
  expect(less.a).toEqual({ b: {}, list: [1, 2] });
  expect(original.a.b).toEqual({ c: 1 });
});

test('copies without or with only some fields, and never a prototype', () => {
  const original = { a: { b: 1, c: 2 }, 'x.y': 3, z: 4 };
  expect(without(original, ['a.b', 'x.y', 'none'])).toEqual({ a: { c: 2 }, z: 4 });
  expect(without(original, ['a.b'], false)).toEqual(original);
  expect(only(original, ['a.b', 'x.y', 'none'])).toEqual({ a: { b: 1 }, x: { y: 3 } });
  expect(original).toEqual({ a: { b: 1, c: 2 }, 'x.y': 3, z: 4 });
  const evil = JSON.parse('{"__proto__": {"polluted": true}, "n": 1}') as Record<string, unknown>;
  for (const copy of [shallowCopy(evil), without(evil, ['none']), only(evil, ['__proto__', 'n'])])
    expect([Object.keys(copy), copy.polluted]).toEqual([['n'], undefined]);
});
