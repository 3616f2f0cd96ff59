import { expect, it } from 'vitest';
import { nextEditable, withGaps } from './grid-places.ts';

const rows = [{ id: 30 }, { id: 20 }];
const columns = [{ own: false }, { own: true }, { own: true }, { own: false }];

it('Tab goes on to the next cell that can be edited, also in the next row, and ends at the end', () => {
  const from = (rowId: number, column: number, index: number, way: 'next' | 'previous') =>
    nextEditable(rows, columns, { rowId, column }, index, way);
  expect(from(30, 1, 0, 'next')).toEqual({ rowId: 30, column: 2 });
  expect(from(30, 2, 0, 'next')).toEqual({ rowId: 20, column: 1 });
  expect(from(20, 1, 1, 'previous')).toEqual({ rowId: 30, column: 2 });
  expect(from(20, 2, 1, 'next')).toBeNull();
  expect(from(30, 1, 0, 'previous')).toBeNull();
});

it('rows that are not drawn leave their room, wherever they are', () => {
  const slot = (index: number) => ({ index, start: index * 10, end: index * 10 + 10 });
  expect(withGaps([slot(0), slot(5), slot(6)], 100)).toEqual([
    slot(0),
    { gap: 40, key: 'before 5' },
    slot(5),
    slot(6),
    { gap: 30, key: 'after' },
  ]);
  expect(withGaps([slot(0)], 10)).toEqual([slot(0)]);
});
