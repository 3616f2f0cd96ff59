/** One measured number. With a target it is reached or missed. */
export interface Figure {
  label: string;
  value: number;
  unit: '/s' | 'ms' | 's' | 'MB' | '×' | '%' | '';
  target?: { atLeast: number } | { atMost: number };
}

export interface Result {
  name: string;
  figures: Figure[];
  /** How it was measured, where the name does not say it. */
  note?: string;
}

/** Null: there is no target. A number that could not be measured reaches none. */
export function isReached({ value, target }: Figure): boolean | null {
  if (!target) return null;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

/** `5,120 /s (≥ 5,000 ✓)` */
export function showFigure(figure: Figure): string {
  const { label, value, unit, target } = figure;
  const text = [label, showNumber(value) + (unit ? ` ${unit}` : '')].filter(Boolean).join(' ');
  if (!target) return text;
  const wanted = 'atLeast' in target ? `≥ ${showNumber(target.atLeast)}` : `≤ ${showNumber(target.atMost)}`;
  return `${text} (${wanted} ${isReached(figure) ? '✓' : '✗'})`;
}

const showNumber = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
