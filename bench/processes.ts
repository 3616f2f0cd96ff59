import { readdirSync, readFileSync } from 'node:fs';

interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
  memoryMb: number;
  cpuMs: number;
}

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node runs on

function readProcess(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? '0';
    return {
      pid,
      parent: Number(fields[1]),
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      memoryMb: Number(pss) / 1024,
      cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    };
  } catch {
    return null; // it ended between the listing and the reading
  }
}

const NAMES: [RegExp, string][] = [
  [/server\/main\.ts/, 'web'],
  [/worker\/main\.ts/, 'worker'],
  [/sandbox\//, 'code runner'],
  [/scripts\/start\.ts/, 'supervisor'],
  [/postgres/, 'postgres'],
];

/** Memory (PSS: a page that n processes share counts 1/n in each) and CPU time of a process and all below it, by role. Linux only. */
export function measureProcesses(rootPid: number): Record<string, { memoryMb: number; cpuMs: number }> {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const family = new Set([rootPid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const p of all) if (family.has(p.parent)) family.add(p.pid);
  }
  const result: Record<string, { memoryMb: number; cpuMs: number }> = {};
  for (const p of all.filter((each) => family.has(each.pid))) {
    const name = NAMES.find(([pattern]) => pattern.test(p.command))?.[1] ?? 'other';
    const sum = (result[name] ??= { memoryMb: 0, cpuMs: 0 });
    sum.memoryMb += p.memoryMb;
    sum.cpuMs += p.cpuMs;
  }
  return result;
}
