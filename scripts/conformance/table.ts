import { TARGETS } from './kinds.ts';
import type { Verdict } from './verdict.ts';

/** How many of a kind passed, against its target. */
export function printTable(results: ReadonlyMap<string, Verdict[]>): void {
  const lines = [...results].map(([kind, verdicts]) => {
    const judged = verdicts.filter(({ outcome }) => outcome !== 'left out');
    const passed = judged.filter(({ outcome }) => outcome === 'passed').length;
    const share = judged.length === 0 ? 1 : passed / judged.length;
    const target = TARGETS[kind];
    return [
      kind,
      String(judged.length),
      String(passed),
      `${(share * 100).toFixed(1)} %`,
      target === undefined ? '' : `${(target * 100).toFixed(0)} %`,
      target === undefined ? '' : share >= target ? 'yes' : 'no',
      verdicts.length > judged.length ? `${verdicts.length - judged.length} left out` : '',
    ];
  });
  const rows = [['kind', 'total', 'passed', 'share', 'target', 'reached', ''], ...lines];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const text = (row: string[]) =>
    row
      .map((cell, i) =>
        i === 0 || i === row.length - 1 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!),
      )
      .join('  ')
      .trimEnd();
  process.stdout.write(`${rows.map(text).join('\n')}\n`);
}

/** Every miss with its reason, and how often what was left out why. */
export function printMisses(results: ReadonlyMap<string, Verdict[]>): void {
  for (const [kind, verdicts] of results) {
    const leftOut = new Map<string, number>();
    for (const { id, name, outcome, reason = '' } of verdicts) {
      if (outcome === 'left out') leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
      if (outcome === 'missed')
        process.stdout.write(
          `${kind} ${id} ${name.replaceAll(/\s+/g, ' ').slice(0, 120)}\n    ${reason.slice(0, 400)}\n`,
        );
    }
    for (const [reason, count] of leftOut) process.stdout.write(`${kind}: ${count} left out: ${reason}\n`);
  }
}
