const STEPS: readonly [unit: string, ms: number][] = [
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
];

/** "just now", "4 min ago", "3 h ago", "2 d ago", then the date. Times in ms since epoch. */
export function formatAgo(atMs: number, nowMs: number): string {
  const age = nowMs - atMs;
  if (age < 45_000) return 'just now';
  if (age >= 14 * 86_400_000) {
    const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
    return new Date(atMs).toLocaleDateString('en', {
      month: 'short',
      day: 'numeric',
      year: sameYear ? undefined : 'numeric',
    });
  }
  const [unit, ms] = STEPS.findLast(([, size]) => age >= size) ?? STEPS[0]!;
  return `${Math.max(1, Math.floor(age / ms))} ${unit} ago`;
}

/** "85 ms", "1.2 s", "3 min 5 s", "2 h 14 min". */
export function formatDuration(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${Math.floor(ms)} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.floor(ms / 1000)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
