'use client';
import { type KeyboardEvent, useId, useState } from 'react';
import { formatCount } from '#components/editor/format.ts';
import { cn } from '#lib/cn.ts';
import { dayName, niceTop } from './chart-days.ts';

interface Bar {
  day: string;
  /** null: the day is still to come. */
  value: number | null;
}

const HEIGHT = 160;
/** Of one day, in units of the drawing; its width is that of the card. */
const STEP = 20;

/** A bar for each day. The pointer, or the arrow keys while it has the focus, choose one that is told in words. */
export function DayChart({ bars, noun }: { bars: readonly Bar[]; noun: string }) {
  const told = useId();
  const known = bars.filter(({ value }) => value !== null).length;
  const [at, setAt] = useState<number | null>(null);
  const here = Math.min(at ?? known - 1, Math.max(0, known - 1));
  const top = niceTop(Math.max(0, ...bars.map(({ value }) => value ?? 0)));
  const total = bars.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const sentence = (i: number) =>
    `${dayName(bars[i]?.day ?? '', 'long')}: ${(bars[i]?.value ?? 0).toLocaleString('en')} ${noun}`;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: here - 1,
      ArrowDown: here - 1,
      ArrowRight: here + 1,
      ArrowUp: here + 1,
      Home: 0,
      End: known - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(known - 1, next)));
  };
  return (
    <figure>
      <p id={told} className="mb-1 flex h-5 flex-wrap justify-between gap-x-4 overflow-hidden text-ui">
        <span className="tabular-nums">{at === null ? '' : sentence(here)}</span>
        <span className="text-foreground-muted tabular-nums">
          {total.toLocaleString('en')} {noun} this month
        </span>
      </p>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${noun} by day`}
        aria-valuemin={1}
        aria-valuemax={known}
        aria-valuenow={here + 1}
        aria-valuetext={sentence(here)}
        onKeyDown={onKeyDown}
        onFocus={() => setAt((before) => before ?? known - 1)}
        onBlur={() => setAt(null)}
        className="flex rounded-md"
      >
        <div
          aria-hidden="true"
          className="flex w-9 shrink-0 flex-col justify-between pr-1.5 text-right text-[11px] text-foreground-subtle leading-none tabular-nums"
          style={{ height: HEIGHT }}
        >
          {[top, top / 2, 0].map((line) => (
            <span key={line}>{formatCount(line)}</span>
          ))}
        </div>
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-40 min-w-0 flex-1"
          onPointerLeave={() => setAt(null)}
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line
              key={y}
              x1="0"
              x2={bars.length * STEP}
              y1={Math.min(HEIGHT - 0.5, y + 0.5)}
              y2={Math.min(HEIGHT - 0.5, y + 0.5)}
              stroke="var(--border)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {bars.map(({ day, value }, i) => {
            const height = value ? Math.max(2, (value / top) * HEIGHT) : 0;
            const chosen = at !== null && i === here;
            return (
              <g key={day} onPointerMove={value === null ? undefined : () => setAt(i)}>
                <rect
                  x={i * STEP}
                  width={STEP}
                  height={HEIGHT}
                  className={chosen ? 'fill-muted' : 'fill-transparent'}
                />
                <rect
                  x={i * STEP + 3}
                  y={HEIGHT - height}
                  width={STEP - 6}
                  height={height}
                  className={cn('fill-accent', at !== null && !chosen && 'opacity-55')}
                />
              </g>
            );
          })}
        </svg>
      </div>
      <div
        aria-hidden="true"
        className="mt-1 ml-9 flex justify-between text-[11px] text-foreground-subtle tabular-nums"
      >
        {[0, Math.floor((bars.length - 1) / 2), bars.length - 1].map((i) => (
          <span key={i}>{bars[i] ? dayName(bars[i].day) : ''}</span>
        ))}
      </div>
    </figure>
  );
}
