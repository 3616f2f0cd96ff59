import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
export const bin = (name: string): string => path.join(root, 'node_modules/.bin', name);

/** Runs one command of a longer check, showing its output; resolves with whether it passed. */
export async function step(
  name: string,
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  const began = performance.now();
  console.log(`\n▸ ${name}`);
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return code === 0;
}

export const node = (
  name: string,
  script: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<boolean> => step(name, process.execPath, [path.join(root, script), ...args], env);
