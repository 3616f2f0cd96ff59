import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ivm from 'isolated-vm';
import { type Cell, disposeCell, newCell } from './watch-isolate.ts';

/** An isolate in which Python has started and nothing has run. */
export interface PythonCell extends Cell {
  context: ivm.Context;
}
export interface PythonCells {
  /** A cell for a run that may take that much memory; whoever takes it disposes of it. */
  take(memoryMb: number): Promise<PythonCell>;
}

/** What the interpreter takes by itself, its starting included, beside what the code may take. */
const OWN_MB = 200;
/** Runs that may take more get a cell of their own size, half a second later. */
const SPARE_MB = 128;
const IDLE_MS = 5 * 60_000;
const START_TIMEOUT_MS = 25_000;
const MAX_RANDOM_BYTES = 65_536;

/**
 * Starts interpreters, one per run. The first one is started from scratch and leaves an image of its memory, from which
 * the others start in a fraction of the time; one of them waits ready, until nobody has asked for Python for a while.
 */
export function createPythonCells(): PythonCells {
  const files = interpreterFiles();
  let image: Promise<ivm.ExternalCopy<ArrayBuffer>> | undefined;
  let spare: Promise<PythonCell> | undefined;
  let idle: NodeJS.Timeout | undefined;

  const start = async (memoryMb: number): Promise<PythonCell> => {
    if (!image) {
      const making = makeImage(files());
      image = making;
      // one that failed, on a machine out of breath, is made again for the next run
      making.catch(() => {
        image = undefined;
      });
    }
    return boot(memoryMb, files(), await image);
  };
  const dropSpare = () => {
    spare?.then(disposeCell, () => undefined);
    spare = undefined;
  };
  const prepare = () => {
    clearTimeout(idle);
    idle = setTimeout(dropSpare, IDLE_MS).unref();
    if (spare) return;
    const starting = start(SPARE_MB);
    spare = starting;
    starting.catch(() => {
      if (spare === starting) spare = undefined;
    });
  };
  return {
    async take(memoryMb) {
      const ready = memoryMb <= SPARE_MB ? spare : undefined;
      if (ready) spare = undefined;
      try {
        return await (ready?.catch(() => start(memoryMb)) ?? start(memoryMb));
      } finally {
        prepare();
      }
    },
  };
}

async function makeImage(files: Files): Promise<ivm.ExternalCopy<ArrayBuffer>> {
  const cell = await boot(SPARE_MB, files);
  try {
    return await cell.context.eval('__image()', { externalCopy: true });
  } finally {
    disposeCell(cell);
  }
}

type Files = ivm.ExternalCopy<object>;

async function boot(
  memoryMb: number,
  files: Files,
  image?: ivm.ExternalCopy<ArrayBuffer>,
): Promise<PythonCell> {
  const { isolate, ...rest } = newCell({ memoryLimit: memoryMb + OWN_MB });
  const cell = Object.assign(rest, { isolate }) as Cell;
  try {
    const context = await isolate.createContext();
    for (const script of guestScripts()) await context.eval(script.code, { filename: script.filename });
    await context.evalClosure(
      'return __boot($0, $1, $2)',
      [files.copyInto(), image?.copyInto(), new ivm.Callback(randomText)],
      { result: { promise: true }, timeout: START_TIMEOUT_MS },
    );
    return Object.assign(cell, { context });
  } catch (error) {
    disposeCell(cell);
    throw error;
  }
}

/** The only door of the isolate: random bytes as base64. */
const randomText = (count: unknown): string =>
  randomBytes(Math.min(MAX_RANDOM_BYTES, Math.max(0, Math.trunc(Number(count)) || 0))).toString('base64');

/** Read once, when Python is first asked for. Modules are texts that return what they export, as nothing is imported in there. */
function interpreterFiles(): () => Files {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  const text = (name: string) =>
    readFileSync(path.join(folder, name), 'utf8').replaceAll('import.meta.url', "'/'");
  const bytes = (name: string) => {
    const { buffer, byteOffset, byteLength } = readFileSync(path.join(folder, name));
    return buffer.slice(byteOffset, byteOffset + byteLength);
  };
  let files: Files | undefined;
  return () => {
    if (files) return files;
    const { info } = JSON.parse(text('pyodide-lock.json')) as { info: object };
    files = new ivm.ExternalCopy({
      interpreter: text('pyodide.asm.mjs').replace(/export default (\w+);?\s*$/, 'return $1;'),
      loader: text('pyodide.mjs').replace(/export\{(\w+) as loadPyodide\b[^}]*\};?/, 'return $1;'),
      lock: JSON.stringify({ info, packages: {} }),
      driver: guestFile('python-driver.py'),
      'pyodide.asm.wasm': bytes('pyodide.asm.wasm'),
      'python_stdlib.zip': bytes('python_stdlib.zip'),
    });
    return files;
  };
}

const guestFile = (name: string) => readFileSync(new URL(`./guest/${name}`, import.meta.url), 'utf8');
const guestScripts = () =>
  ['globals.js', 'python-text.js', 'python-main.js'].map((name) => ({
    code: guestFile(name),
    filename: `linkflow-${name}`,
  }));
