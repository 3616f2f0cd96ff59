import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from './api.ts';

/** Each look counts rows: more often, and it would be part of the load. */
const LOOK_EVERY_MS = 200;

/** How many executions have not ended, by status, as /metrics says. */
export async function openExecutions(
  url: string,
): Promise<{ all: number; byStatus: Record<string, number> }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const byStatus = Object.fromEntries(
    [...text.matchAll(/^linkflow_executions\{status="(\w+)"\} (\d+)/gm)].map((m) => [m[1]!, Number(m[2])]),
  );
  return { all: Object.values(byStatus).reduce((sum, n) => sum + n, 0), byStatus };
}

/** Resolves when no execution is open. */
export async function drained(url: string, deadlineSeconds = 120): Promise<void> {
  await untilOpen(url, ({ all }) => all === 0, deadlineSeconds);
}

/** Looks at the open executions until they are as wanted. */
export async function untilOpen(
  url: string,
  wanted: (open: Awaited<ReturnType<typeof openExecutions>>) => boolean,
  deadlineSeconds = 120,
): Promise<void> {
  const deadline = performance.now() + deadlineSeconds * 1000;
  for (;;) {
    const open = await openExecutions(url);
    if (wanted(open)) return;
    if (performance.now() > deadline)
      throw new Error(`Executions still open after ${deadlineSeconds} s: ${JSON.stringify(open.byStatus)}`);
    await pause(LOOK_EVERY_MS);
  }
}

export interface Times {
  status: string;
  /** ms since epoch, by the clock of this machine. */
  startedAt: number;
  finishedAt: number;
}

/** When an execution started and finished, as its own record says. */
export const timesOf = async (api: Api, executionId: string): Promise<Times> =>
  read(await api.get<Summary>(`/executions/${executionId}`));

/** The same of the newest executions of a workflow, without reading their data. */
export async function lastTimes(api: Api, workflowId: string, count: number): Promise<Times[]> {
  const { data } = await api.get<{ data: Summary[] }>(`/executions?workflowId=${workflowId}&limit=${count}`);
  return data.map(read);
}

interface Summary {
  status: string;
  startedAt: string;
  finishedAt: string;
}
const read = ({ status, startedAt, finishedAt }: Summary): Times => ({
  status,
  startedAt: Date.parse(startedAt),
  finishedAt: Date.parse(finishedAt),
});
