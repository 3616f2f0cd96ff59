import { cn } from '#lib/cn.ts';

const HUES = [
  'bg-hue-violet/15 text-hue-violet',
  'bg-hue-blue/15 text-hue-blue',
  'bg-hue-emerald/15 text-hue-emerald',
  'bg-hue-amber/15 text-hue-amber',
  'bg-hue-rose/15 text-hue-rose',
  'bg-hue-cyan/15 text-hue-cyan',
] as const;

/** Initials on a hue that the id chooses, so that a person or workspace looks the same everywhere. */
export function Avatar({
  name,
  seed,
  square = false,
  className,
}: {
  name: string;
  seed: string;
  square?: boolean;
  className?: string;
}) {
  const sum = [...seed].reduce((total, char) => total + char.charCodeAt(0), 0);
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center text-[11px] font-semibold',
        square ? 'rounded-md' : 'rounded-full',
        HUES[sum % HUES.length],
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : [words[0]!];
  return letters.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}
