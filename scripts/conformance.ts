import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CaseFiles } from './conformance/case-files.ts';
import { KINDS, measureKind } from './conformance/kinds.ts';
import { readFixtures, readRows } from './conformance/rows.ts';
import { printMisses, printTable } from './conformance/table.ts';
import type { Verdict } from './conformance/verdict.ts';

// Measures against recorded n8n runs, through the command line: which of them give the same items here.
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: path.resolve(import.meta.dirname, '../../shared/n8n') },
    kind: { type: 'string', multiple: true, default: [] },
    id: { type: 'string', multiple: true, default: [] },
    verbose: { type: 'boolean', default: false },
  },
});

if (!existsSync(values.cases)) {
  process.stdout.write(
    `There is nothing to measure: ${values.cases} is not there. Name a folder of cases with --cases DIR.\n`,
  );
} else {
  const wanted = new Set(values.kind.map((kind) => kind.replace(/\.jsonl(\.gz)?$/, '')));
  const unknown = [...wanted].filter((kind) => !KINDS.includes(kind));
  if (unknown.length > 0) {
    process.stderr.write(`There is no kind ${unknown.join(', ')}. There are: ${KINDS.join(', ')}.\n`);
    process.exit(2);
  }
  const files = new CaseFiles(readFixtures(values.cases));
  const results = new Map<string, Verdict[]>();
  for (const kind of KINDS) {
    if (wanted.size > 0 && !wanted.has(kind)) continue;
    const rows = readRows(values.cases, kind)?.filter(
      ({ id }) => values.id.length === 0 || values.id.includes(id),
    );
    if (!rows || rows.length === 0) continue;
    for (const [line, verdicts] of Object.entries(await measureKind(kind, rows, files)))
      results.set(line, verdicts);
  }
  if (values.verbose) printMisses(results);
  printTable(results);
}
