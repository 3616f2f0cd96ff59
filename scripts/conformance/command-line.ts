import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

export type Answer = Record<string, unknown>;
type Command = 'run' | 'eval' | 'import';

const MAIN = path.resolve(import.meta.dirname, '../../cli/main.ts');
/** Nothing of one case takes this long; a process that is silent for so long hangs. */
const SILENCE_MS = 60_000;

/**
 * Answers of `cli <command> --jsonl` to these lines, in their order. Many lines share a process; one that dies or hangs
 * costs only the line that it was at (undefined), and the others go to a new one.
 */
export async function ask(command: Command, lines: readonly object[]): Promise<(Answer | undefined)[]> {
  const answers: (Answer | undefined)[] = [];
  while (answers.length < lines.length) {
    const more = await askOnce(command, lines.slice(answers.length));
    answers.push(...more);
    if (answers.length < lines.length) answers.push(undefined);
  }
  return answers;
}

async function askOnce(command: Command, lines: readonly object[]): Promise<Answer[]> {
  const child = spawn(process.execPath, [MAIN, command, '--jsonl'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // The recorded runs had a process in UTC; the zone of a workflow goes along with the line.
    env: { ...process.env, TZ: 'UTC' },
  });
  const answers: Answer[] = [];
  let silence = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
  child.stdin.on('error', (error: NodeJS.ErrnoException) => {
    // It died; the lines that it left unanswered say so.
    if (error.code !== 'EPIPE') throw error;
  });
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(silence);
    silence = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
    answers.push(JSON.parse(line) as Answer);
  }
  clearTimeout(silence);
  return answers;
}
