import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { getPool } from '../db.ts';

/** What /metrics of the web process shows; `linkflow_` names are documented in docs/operations.md. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'linkflow_web_' });

export const webhookCalls = new Counter({
  name: 'linkflow_webhook_calls_total',
  help: 'Webhook calls by answered status',
  labelNames: ['status'],
  registers: [registry],
});
export const webhookSeconds = new Histogram({
  name: 'linkflow_webhook_seconds',
  help: 'Time from the first byte of a webhook call to its answer',
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
});

/** Asked for at scrape time, so that every web process tells the same of the shared database. */
new Gauge({
  name: 'linkflow_executions',
  help: 'Executions that have not ended, by status',
  labelNames: ['status'],
  registers: [registry],
  async collect() {
    this.reset();
    const { rows } = await getPool().query<{ status: string; count: string }>(
      'select status::text, count(*) from active_execution group by 1',
    );
    for (const row of rows) this.set({ status: row.status }, Number(row.count));
  },
});
new Gauge({
  name: 'linkflow_queue_jobs',
  help: 'Jobs in the queue that are due',
  registers: [registry],
  async collect() {
    const { rows } = await getPool().query<{ count: string }>(
      'select count(*) from graphile_worker._private_jobs where locked_at is null and run_at <= now()',
    );
    this.set(Number(rows[0]?.count ?? 0));
  },
});
