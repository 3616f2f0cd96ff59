import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { escaped, isObject } from './difference.ts';
import type { Row } from './rows.ts';

/** What the recorded tests put in place of a disk. */
const INVENTED: Readonly<Record<string, string>> = { 'binary.data': Buffer.from('test').toString('base64') };

/**
 * A folder for the files of the cases, taken away when the process ends. Paths in parameters point to the machine of the
 * recording; they are led here.
 */
export class CaseFiles {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'linkflow-conformance-'));
  private readonly known: Readonly<Record<string, string>>;

  /** `known`: contents by name, base64. */
  constructor(known: Readonly<Record<string, string>>) {
    this.known = { ...known, ...INVENTED };
    process.on('exit', () => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** The workflow with paths that exist, or the name of a file that it reads and nobody recorded. */
  place(row: Row): { workflow: unknown } | { missing: string } {
    // A file that passes through to the result is known from there; several cases have files of the same name.
    const known = { ...this.known, ...filesOfResult(row.expected) };
    const folder = path.join(this.folder, row.id);
    mkdirSync(folder, { recursive: true });
    let missing: string | undefined;
    const read = new Set<string>();
    const visit = (value: unknown, reads: boolean): unknown => {
      if (typeof value === 'string' && PATH.test(value)) {
        const name = value.split(/[\\/]/).at(-1)!;
        const found = Object.keys(known).filter((one) => fits(name, one));
        for (const one of found) writeFileSync(path.join(folder, one), Buffer.from(known[one]!, 'base64'));
        if (reads && found.length === 0) read.add(name);
        return path.join(folder, name);
      }
      if (Array.isArray(value)) return value.map((one) => visit(one, reads));
      if (!isObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, visit(field, reads)]));
    };
    const written = new Set<string>();
    const nodes = nodesOf(row.workflow).map((node) => {
      const placed = { ...node, parameters: visit(node.parameters, READS.test(String(node.type))) };
      if (/write/i.test(String(node.type))) for (const name of namesIn(node.parameters)) written.add(name);
      return placed;
    });
    for (const name of read) if (!written.has(name)) missing ??= name;
    if (missing !== undefined) return { missing };
    return { workflow: { ...(row.workflow as object), nodes } };
  }
}

const READS = /\.(?:readBinaryFiles?|readWriteFile)$/;
const PATH = /^(?:[A-Za-z]:\\|\/)[^\n<>{}]*[\\/][^\\/\n<>{}]+\.\w+$|^\/tmp\/[^/\s]+\.\w+$/;

const nodesOf = (workflow: unknown): Record<string, unknown>[] =>
  isObject(workflow) && Array.isArray(workflow.nodes) ? workflow.nodes.filter(isObject) : [];

const fits = (glob: string, name: string): boolean =>
  glob === name ||
  (glob.includes('*') && new RegExp(`^${glob.split('*').map(escaped).join('.*')}$`).test(name));

function* namesIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value.split(/[\\/]/).at(-1)!;
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) yield* namesIn(one);
}

function filesOfResult(expected: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (value: unknown): void => {
    if (isObject(value) && typeof value.fileName === 'string' && typeof value.data === 'string')
      found[value.fileName] ??= value.data;
    if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) visit(one);
  };
  visit(expected);
  return found;
}
