export type GridAction =
  | { do: 'move'; row: number; column: number }
  | { do: 'open' }
  | { do: 'type'; text: string }
  | { do: 'select' }
  | { do: 'escape' }
  | { do: 'delete' };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}
interface Where {
  /** Indexes of the active cell. */
  row: number;
  column: number;
  rows: number;
  columns: number;
  /** How many rows are in sight. */
  page: number;
}

/** What a key means in a cell that is not being edited; null: it is not for the grid. */
export function gridAction({ key, ctrlKey, metaKey, altKey }: Key, where: Where): GridAction | null {
  const mod = ctrlKey || metaKey;
  if (altKey) return null;
  const target = moveOf(key, mod, where);
  if (target) {
    return {
      do: 'move',
      row: Math.min(where.rows - 1, Math.max(0, target.row ?? where.row)),
      column: Math.min(where.columns - 1, Math.max(0, target.column ?? where.column)),
    };
  }
  if (mod) return null;
  if (key === 'Enter' || key === 'F2') return { do: 'open' };
  if (key === ' ') return { do: 'select' };
  if (key === 'Escape') return { do: 'escape' };
  if (key === 'Delete') return { do: 'delete' };
  return [...key].length === 1 ? { do: 'type', text: key } : null;
}

function moveOf(key: string, mod: boolean, { row, column, rows, columns, page }: Where) {
  const moves: Record<string, { row?: number; column?: number }> = {
    ArrowUp: { row: mod ? 0 : row - 1 },
    ArrowDown: { row: mod ? rows - 1 : row + 1 },
    ArrowLeft: { column: mod ? 0 : column - 1 },
    ArrowRight: { column: mod ? columns - 1 : column + 1 },
    PageUp: { row: row - page },
    PageDown: { row: row + page },
    Home: mod ? { row: 0, column: 0 } : { column: 0 },
    End: mod ? { row: rows - 1, column: columns - 1 } : { column: columns - 1 },
  };
  return Object.hasOwn(moves, key) ? moves[key] : undefined;
}
