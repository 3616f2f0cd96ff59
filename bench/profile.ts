import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { activate } from './api.ts';
import { warm } from './context.ts';
import { drained } from './executions.ts';
import { post } from './load.ts';
import { startApart } from './product.ts';
import { setIfSet } from './workflows.ts';

const EXECUTIONS = 20_000;
const TOP = 25;
const root = path.resolve(import.meta.dirname, '..');

/** Loads the product and prints in which files and functions the web or the worker process spent its own time. */
export async function profile(role: string): Promise<void> {
  if (role !== 'web' && role !== 'worker') throw new Error(`Profile “web” or “worker”, not “${role}”.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-profile-'));
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const product = await startApart(role === 'web' ? flags : []);
  try {
    await product.startWorker(role === 'worker' ? flags : []);
    await warm(product);
    const hook = await activate(product.api, setIfSet());
    await post(hook.url, 50, { amount: EXECUTIONS });
    await drained(product.url);
  } finally {
    await product.stop(); // the profile is written when the process ends
  }
  const [file] = readdirSync(folder);
  print(JSON.parse(readFileSync(path.join(folder, file!), 'utf8')) as CpuProfile);
  rmSync(folder, { recursive: true });
}

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

function print({ nodes, samples, timeDeltas }: CpuProfile): void {
  const frames = new Map(nodes.map((n) => [n.id, n.callFrame]));
  const files = new Map<string, number>();
  const functions = new Map<string, number>();
  const add = (sums: Map<string, number>, key: string, ms: number) =>
    sums.set(key, (sums.get(key) ?? 0) + ms);
  let busy = 0;
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber } = frames.get(id)!;
    if (functionName === '(idle)') return;
    const ms = timeDeltas[i]! / 1000;
    const file = url === '' ? functionName || '(native)' : shorten(url);
    busy += ms;
    add(files, file, ms);
    add(functions, url === '' ? file : `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`, ms);
  });
  console.log(`\n${busy.toFixed(0)} ms of work for ${EXECUTIONS} executions and the warm-up`);
  for (const [title, sums] of [
    ['by file', files],
    ['by function', functions],
  ] as const) {
    console.log(`\n${title}`);
    for (const [key, ms] of [...sums].sort((a, b) => b[1] - a[1]).slice(0, TOP))
      console.log(`${((ms / busy) * 100).toFixed(1).padStart(6)} %  ${key}`);
  }
}

const shorten = (url: string): string =>
  url
    .replace(/^file:\/\//, '')
    .replace(`${root}/`, '')
    .replace(/^.*node_modules\//, '');
