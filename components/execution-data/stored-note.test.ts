import { expect, test } from 'vitest';
import type { StoredItems } from '#engine/item.ts';
import { downloadPath, noteOf } from './stored-note.tsx';

const stored = (more: Partial<StoredItems>): StoredItems => ({
  stored: 'executions/e1/Set-0-main-x',
  length: 100_000,
  bytes: 17_000_000,
  first: Array.from({ length: 100 }, () => ({ json: {} })),
  ...more,
});

test('says how much of the items is shown', () => {
  expect(noteOf(stored({}))).toBe('First 100 of 100,000 items');
  expect(noteOf(stored({ length: 1, first: [{ json: {} }], shortened: true }))).toBe(
    'This item is too large to show: long texts and lists are cut short',
  );
  expect(noteOf(stored({ length: 20, first: [{ json: {} }], shortened: true }))).toBe(
    'The first of 20 items is too large to show: long texts and lists are cut short',
  );
});

test('leads to the whole of it', () => {
  expect(downloadPath('executions/e1/Set-0-main-x')).toBe('executions/e1/outputs/Set-0-main-x');
});
