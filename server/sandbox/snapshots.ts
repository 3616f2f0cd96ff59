import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ivm from 'isolated-vm';

/** Heap images from which isolates start: parsing the libraries anew would cost more than most runs. */
export interface Snapshots {
  /** The variables only. */
  plain: ivm.ExternalCopy<ArrayBuffer>;
  /** With luxon and jmespath; a millisecond dearer to start from. */
  full: ivm.ExternalCopy<ArrayBuffer>;
}

const LIBRARY_NAMES = /\$now|\$today|\$jmes|\b(DateTime|Duration|Interval|luxon|jmespath|globalThis|eval)\b/;

export const needsLibraries = (source: string): boolean => LIBRARY_NAMES.test(source);

export function createSnapshots(): Snapshots {
  const guest = ['globals', 'variables', 'main'].map((name) => ({
    code: readFileSync(new URL(`./guest/${name}.js`, import.meta.url), 'utf8'),
    filename: `linkflow-${name}`,
  }));
  const require = createRequire(import.meta.url);
  const luxon = path.resolve(require.resolve('luxon'), '../../global/luxon.min.js');
  return {
    plain: ivm.Isolate.createSnapshot(guest),
    full: ivm.Isolate.createSnapshot([
      { code: `${readFileSync(luxon, 'utf8')};globalThis.luxon = luxon;`, filename: 'luxon' },
      { code: readFileSync(require.resolve('jmespath'), 'utf8'), filename: 'jmespath' },
      ...guest,
    ]),
  };
}
