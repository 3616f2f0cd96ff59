import { appendFileSync } from 'node:fs';
import type { Verdict } from './evidence.ts';

/** What one scenario of the fault suite found; `scripts/test-faults.ts` makes a table of them. */
export interface Finding extends Verdict {
  fault: string;
  /** Executions that were accepted. */
  runs: number;
  /** Seconds; absent where nothing had to recover. */
  recovery?: { p95: number; max: number };
}

/** The one line a scenario prints; kept for the table where `FAULTS_REPORT` names a file. */
export function summarise(
  fault: string,
  runs: number,
  { lost, doubled, repeated }: Verdict,
  recoverySeconds: readonly number[] = [],
): void {
  const recovery = { p95: percentile(recoverySeconds, 0.95), max: percentile(recoverySeconds, 1) };
  const found: Finding = {
    fault,
    runs,
    lost,
    doubled,
    repeated,
    ...(recoverySeconds.length > 0 ? { recovery } : {}),
  };
  const seconds =
    recoverySeconds.length > 0 ? `${recovery.p95.toFixed(1)} / ${recovery.max.toFixed(1)} s` : '–';
  console.log(
    `fault: ${fault} | runs ${runs} | lost ${lost} | doubled ${doubled} | repeated ${repeated} | recovery ${seconds}`,
  );
  const file = process.env.FAULTS_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(found)}\n`);
}

/** The value that this part of all are not above; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}
