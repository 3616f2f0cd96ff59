import { getPool } from '../db.ts';

export interface Health {
  status: 'ok' | 'degraded';
  checks: Record<string, { ok: boolean; detail?: string }>;
}

/** Database, queue and workers, each with its own answer. Never throws. */
export async function checkHealth(): Promise<Health> {
  const checks: Health['checks'] = {};
  try {
    const { rows } = await getPool().query<{ workers: string; oldest: number | null }>(
      `select (select count(*) from worker_process where beat_at > now() - interval '15 seconds') as workers,
        (select extract(epoch from now() - min(run_at))::float8 from graphile_worker._private_jobs where locked_at is null and run_at < now()) as oldest`,
    );
    const [row] = rows;
    checks.database = { ok: true };
    checks.worker = { ok: Number(row?.workers) > 0, detail: `${row?.workers ?? 0} alive` };
    checks.queue = {
      ok: (row?.oldest ?? 0) < 60,
      detail: `oldest waiting job ${Math.round(row?.oldest ?? 0)} s`,
    };
  } catch (error) {
    checks.database = { ok: false, detail: (error as Error).message };
  }
  return { status: Object.values(checks).every((c) => c.ok) ? 'ok' : 'degraded', checks };
}
