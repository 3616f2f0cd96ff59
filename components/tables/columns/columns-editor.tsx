'use client';
import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { move, replaceAt } from '#components/fields/rows.ts';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { ColumnRow } from './column-row.tsx';
import { blankColumn, type DraftColumn } from './draft-columns.ts';

interface Props {
  columns: readonly DraftColumn[];
  problems: ReadonlyMap<number, string>;
  onChange: (columns: DraftColumn[]) => void;
}

/** Rows of name and type. Enter goes to the next one, Backspace in an empty one takes it away. */
export function ColumnsEditor({ columns, problems, onChange }: Props) {
  const inputs = useRef(new Map<number, HTMLInputElement>());
  /** The row that gets the focus as soon as it is there. */
  const wanted = useRef<number | null>(null);
  const register = (key: number, input: HTMLInputElement | null) => {
    if (!input) {
      inputs.current.delete(key);
      return;
    }
    inputs.current.set(key, input);
    if (wanted.current !== key) return;
    wanted.current = null;
    input.focus();
  };
  const focus = (column: DraftColumn | undefined) => {
    if (column) inputs.current.get(column.key)?.focus();
  };
  const add = () => {
    const blank = blankColumn();
    wanted.current = blank.key;
    onChange([...columns, blank]);
  };
  const remove = (index: number) => {
    const column = columns[index]!;
    if (column.saved) onChange(replaceAt(columns, index, { ...column, removed: !column.removed }));
    else onChange(columns.filter((one) => one !== column));
  };
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-1.5">
        {columns.map((column, i) => (
          <ColumnRow
            key={column.key}
            column={column}
            number={i + 1}
            last={i === columns.length - 1}
            problem={problems.get(column.key)}
            register={register}
            onChange={(change) => onChange(replaceAt(columns, i, { ...column, ...change }))}
            onMove={(by) => onChange(move(columns, i, i + by))}
            onRemove={() => {
              remove(i);
              if (!column.saved) focus(columns[i + 1] ?? columns[i - 1]);
            }}
            onEnter={() => {
              if (i < columns.length - 1) focus(columns[i + 1]);
              else if (column.name.trim() !== '') add();
              else return false;
              return true;
            }}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button size="sm" onClick={add}>
          <Plus />
          Add column
        </Button>
        <span className="hidden items-center gap-1.5 text-xs text-foreground-subtle sm:flex">
          <Kbd keys="enter" /> next column, <Kbd keys="alt+up" /> <Kbd keys="alt+down" /> move it
        </span>
      </div>
    </div>
  );
}
