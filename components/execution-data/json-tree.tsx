'use client';

import { ChevronRight, Copy } from 'lucide-react';
import { memo, useState } from 'react';
import { toast } from 'sonner';
import { pathText } from '#components/fields/drag-data.ts';
import { cn } from '#lib/cn.ts';
import { isRecord, oneLine } from './schema-of.ts';

const PAGE = 100;

interface JsonTreeProps {
  value: unknown;
  /** Shown before the value: a key, or the number of an item. */
  name?: string | number;
  path: readonly (string | number)[];
  depth?: number;
  openTo: number;
}

/** A value as a tree. What is closed is not in the page, and long lists come by the hundred. */
export const JsonTree = memo(function JsonTree({ value, name, path, depth = 0, openTo }: JsonTreeProps) {
  const branch = isRecord(value) || Array.isArray(value);
  const size = Array.isArray(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0;
  const [open, setOpen] = useState(depth < openTo && size <= PAGE);
  const [shown, setShown] = useState(PAGE);
  const [first, last] = Array.isArray(value) ? '[]' : '{}';
  if (!branch || size === 0) {
    return (
      <Line depth={depth} path={path}>
        <Key name={name} />
        <Leaf value={value} />
      </Line>
    );
  }
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.slice(0, shown).map((v, i) => [i, v])
    : Object.entries(value as Record<string, unknown>).slice(0, shown);
  return (
    <div>
      <Line depth={depth} path={path}>
        <button
          type="button"
          aria-expanded={open}
          aria-label={`${open ? 'Close' : 'Open'} ${name ?? 'value'}`}
          className="-ml-4 inline-flex items-baseline text-left"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight
            className={cn(
              'mr-0.5 size-3.5 shrink-0 self-center text-foreground-subtle transition-transform',
              open && 'rotate-90',
            )}
          />
          <Key name={name} />
          <span className="text-foreground-subtle">
            {open
              ? first
              : `${first} ${Array.isArray(value) ? `${size} entries` : oneLine(Object.keys(value as object).join(', '), 60)} ${last}`}
          </span>
        </button>
      </Line>
      {open ? (
        <>
          {entries.map(([key, inner]) => (
            <JsonTree
              key={key}
              name={key}
              value={inner}
              path={[...path, key]}
              depth={depth + 1}
              openTo={openTo}
            />
          ))}
          {size > shown ? (
            <button
              type="button"
              className="text-accent-text hover:underline"
              style={{ paddingLeft: indent(depth + 1) }}
              onClick={() => setShown(shown + PAGE)}
            >
              Show {Math.min(PAGE, size - shown)} more of {size - shown}
            </button>
          ) : null}
        </>
      ) : null}
    </div>
  );
});

const indent = (depth: number) => 18 + depth * 14;

function Line({
  depth,
  path,
  children,
}: {
  depth: number;
  path: readonly (string | number)[];
  children: React.ReactNode;
}) {
  return (
    <div
      className="group/line relative flex items-start rounded pr-7 hover:bg-muted"
      style={{ paddingLeft: indent(depth) }}
    >
      <div className="min-w-0 whitespace-pre-wrap break-words">{children}</div>
      {path.length > 0 ? (
        <button
          type="button"
          aria-label="Copy path"
          title="Copy path"
          className="absolute top-0.5 right-1 hidden text-foreground-subtle hover:text-foreground group-hover/line:block"
          onClick={() => copyText(`{{ $json${pathText(path)} }}`, 'Path copied')}
        >
          <Copy className="size-3.5" />
        </button>
      ) : null}
    </div>
  );
}

const Key = ({ name }: { name: string | number | undefined }) =>
  name === undefined ? null : (
    <span className="mr-1.5 text-hue-blue">
      {name}
      <span className="text-foreground-subtle">:</span>
    </span>
  );

const MAX_TEXT = 400;

function Leaf({ value }: { value: unknown }) {
  const [full, setFull] = useState(false);
  if (typeof value === 'string') {
    const long = value.length > MAX_TEXT && !full;
    return (
      <span className="text-hue-emerald">
        {JSON.stringify(long ? value.slice(0, MAX_TEXT) : value)}
        {long ? (
          <button
            type="button"
            className="ml-1 text-accent-text hover:underline"
            onClick={() => setFull(true)}
          >
            show all {value.length} characters
          </button>
        ) : null}
      </span>
    );
  }
  const tone =
    typeof value === 'number'
      ? 'text-hue-orange'
      : typeof value === 'boolean'
        ? 'text-hue-fuchsia'
        : 'text-foreground-subtle';
  return <span className={tone}>{value === undefined ? 'undefined' : JSON.stringify(value)}</span>;
}

export function copyText(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast.success(done),
    () => toast.error('The browser did not allow copying.'),
  );
}
