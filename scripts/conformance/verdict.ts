import { type Answer, ask } from './command-line.ts';
import type { Row } from './rows.ts';

export interface Verdict {
  id: string;
  name: string;
  outcome: 'passed' | 'missed' | 'left out';
  /** Why it was missed or left out. */
  reason?: string;
}

/** How a kind is measured by asking the command line once for each row. */
export interface Measure {
  command: 'run' | 'eval' | 'import';
  /** What to ask, or why the row cannot be asked. */
  line(row: Row): object | string;
  /** What is wrong with the answer; null when nothing is. */
  judge(row: Row, answer: Answer): string | null;
}

/** Asks for all rows and judges the answers. */
export async function measure(rows: readonly Row[], { command, line, judge }: Measure): Promise<Verdict[]> {
  const asked = rows.map((row) => ({ row, line: line(row) }));
  const lines = asked.flatMap((one) => (typeof one.line === 'string' ? [] : [one.line]));
  const answers = await ask(command, lines);
  let next = 0;
  return asked.map((one): Verdict => {
    const about = { id: one.row.id, name: nameOf(one.row) };
    if (typeof one.line === 'string') return { ...about, outcome: 'left out', reason: one.line };
    const answer = answers[next++];
    const reason = answer ? judge(one.row, answer) : 'the process ended or was silent for a minute';
    return reason === null ? { ...about, outcome: 'passed' } : { ...about, outcome: 'missed', reason };
  });
}

const nameOf = ({ name, expr, test, fn }: Row): string =>
  ([name, expr, fn, test].find((one) => typeof one === 'string') as string | undefined) ?? '';
