import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Finding } from '../tests/support/report.ts';
import { node, root } from './steps.ts';

/**
 * `npm run test:faults [-- <file>…]`: the fault suite in its long form, judged by what an outside server saw. Ends with a
 * table, and with 1 if a scenario failed, lost or repeated something, or had accepted nothing and so proved nothing.
 */
const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const reports = mkdtempSync(path.join(tmpdir(), 'linkflow-faults-report-'));
const file = path.join(reports, 'findings.jsonl');
const vitestReport = path.join(reports, 'vitest.json');
const began = performance.now();
const filters = positionals.length > 0 ? positionals.map((name) => `tests/faults/${name}`) : ['tests/faults'];
const passed = await node(
  `fault suite, ${values.short ? 'short' : 'long'} form`,
  'node_modules/vitest/vitest.mjs',
  [
    'run',
    '--project=faults',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
    ...filters,
  ],
  { FAULTS: values.short ? 'short' : 'long', FAULTS_REPORT: file },
);
const findings = (existsSync(file) ? readFileSync(file, 'utf8') : '')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Finding);
const failures = failuresIn(vitestReport);
rmSync(reports, { recursive: true, force: true });

print(findings);
const problems = [
  ...failures.map((name) => `failed: ${name}`),
  ...findings.filter((f) => f.runs === 0).map((f) => `accepted nothing: ${f.fault}`),
  ...findings.filter((f) => f.lost > 0).map((f) => `lost ${f.lost}: ${f.fault}`),
  ...findings.filter((f) => f.repeated > 0).map((f) => `repeated ${f.repeated}: ${f.fault}`),
];
const files = readdirSync(path.join(root, 'tests/faults')).length;
if (findings.length === 0 || (positionals.length === 0 && findings.length + failures.length < files))
  problems.push(`only ${findings.length} findings of ${files} files`);
for (const problem of problems) console.log(problem);
console.log(
  `\n${findings.length} scenarios, ${sum((f) => f.runs)} executions, ${problems.length} problems, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
process.exit(passed && problems.length === 0 ? 0 : 1);

function sum(of: (finding: Finding) => number): number {
  return findings.reduce((total, finding) => total + of(finding), 0);
}

function print(rows: readonly Finding[]): void {
  const table = [
    ['fault', 'runs', 'lost', 'doubled', 'repeated', 'recovery p95 / max'],
    ...rows.map(({ fault, runs, lost, doubled, repeated, recovery }) => [
      fault,
      ...[runs, lost, doubled, repeated].map(String),
      recovery ? `${recovery.p95.toFixed(1)} / ${recovery.max.toFixed(1)} s` : '–',
    ]),
  ];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ');
  const [head, ...body] = table.map(line);
  console.log(`\n${head}\n${widths.map((width) => '-'.repeat(width)).join('-|-')}\n${body.join('\n')}\n`);
}

interface VitestReport {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

/** Tests that failed, and files that could not even be read. */
function failuresIn(report: string): string[] {
  if (!existsSync(report)) return ['the test runner itself'];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
    return status === 'failed' && failed.length === 0 ? [path.relative(root, name)] : failed;
  });
}
