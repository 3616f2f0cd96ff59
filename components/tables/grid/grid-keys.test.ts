import { describe, expect, it } from 'vitest';
import { gridAction } from './grid-keys.ts';

const where = { row: 5, column: 1, rows: 10, columns: 4, page: 8 };
const press = (key: string, more = {}) =>
  gridAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...more }, where);

describe('keys in the grid', () => {
  it('move by a cell, a page or to the edge, and never beyond it', () => {
    expect(press('ArrowDown')).toEqual({ do: 'move', row: 6, column: 1 });
    expect(press('PageDown')).toEqual({ do: 'move', row: 9, column: 1 });
    expect(press('PageUp')).toEqual({ do: 'move', row: 0, column: 1 });
    expect(press('End')).toEqual({ do: 'move', row: 5, column: 3 });
    expect(press('Home', { ctrlKey: true })).toEqual({ do: 'move', row: 0, column: 0 });
    expect(press('ArrowRight', { metaKey: true })).toEqual({ do: 'move', row: 5, column: 3 });
  });

  it('edit, select and delete; shortcuts of the browser stay its own', () => {
    expect(press('Enter')).toEqual({ do: 'open' });
    expect(press('F2')).toEqual({ do: 'open' });
    expect(press(' ')).toEqual({ do: 'select' });
    expect(press('Delete')).toEqual({ do: 'delete' });
    expect(press('x')).toEqual({ do: 'type', text: 'x' });
    expect(press('ü')).toEqual({ do: 'type', text: 'ü' });
    expect(press('c', { ctrlKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
    expect(press('ArrowUp', { altKey: true })).toBeNull();
    expect(press('toString')).toBeNull();
  });
});
