import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

export type Role = 'web' | 'worker' | 'code runner' | 'supervisor' | 'postgres' | 'other';

export interface ProcessUse {
  pid: number;
  role: Role;
  /** Resident memory; `pssMb` counts a page that n processes share as 1/n in each. */
  rssMb: number;
  peakRssMb: number;
  pssMb: number;
  /** Of the process and of those of its children that have ended: a database connection that closed still counts. */
  cpuMs: number;
}

interface Reading extends ProcessUse {
  parent: number;
}

const TICK_MS = 10; // USER_HZ is 100 on every Linux that Node runs on

const ROLES: [RegExp, Role][] = [
  [/server\/main\.ts/, 'web'],
  [/worker\/main\.ts/, 'worker'],
  [/sandbox\//, 'code runner'],
  [/scripts\/start\.ts/, 'supervisor'],
  [/postgres/, 'postgres'],
];

/** These processes and all below them. Linux only: it reads /proc. */
export function readProcesses(roots: readonly number[]): ProcessUse[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const family = new Set(roots);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const p of all) if (family.has(p.parent)) family.add(p.pid);
  }
  return all.filter((p) => family.has(p.pid));
}

/** One kind of figure, added up by role. */
export function byRole(
  processes: readonly ProcessUse[],
  figure: 'rssMb' | 'pssMb' | 'cpuMs',
): Partial<Record<Role, number>> {
  const sums: Partial<Record<Role, number>> = {};
  for (const p of processes) sums[p.role] = (sums[p.role] ?? 0) + p[figure];
  return sums;
}

/** `peakRssMb` of this process counts from now. */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function readProcess(pid: number): Reading | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return {
      pid,
      parent: Number(fields[1]),
      role: ROLES.find(([pattern]) => pattern.test(command))?.[1] ?? 'other',
      rssMb: megabytes(status, 'VmRSS'),
      peakRssMb: megabytes(status, 'VmHWM'),
      pssMb: megabytes(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss'),
      cpuMs: (user! + system! + childUser! + childSystem!) * TICK_MS,
    };
  } catch {
    return null; // it ended between the listing and the reading
  }
}

const megabytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
