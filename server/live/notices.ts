import { getPool } from '../db.ts';
import type { ExecutionStatus } from '../executions/schema.ts';
import { log } from '../log.ts';

/** That an execution got on: ids and numbers only, whoever wants the events reads the table. */
export interface Notice {
  executionId: string;
  workspaceId: string;
  workflowId: string;
  status: ExecutionStatus;
  lastSeq: number;
}

export const LIVE_CHANNEL = 'linkflow_live';
/** NOTIFY takes 8,000 bytes; a notice is about 130. */
const PER_MESSAGE = 45;
const EVERY_MS = 5;

const waiting = new Map<string, Notice>();
let timer: NodeJS.Timeout | null = null;
let sentAt = Number.NEGATIVE_INFINITY;

/**
 * Sends notices: at once when there were none lately, else many in one statement, for every NOTIFY takes a lock over its
 * commit that all sessions share.
 */
export function publishNotices(notices: readonly Notice[]): void {
  for (const notice of notices) waiting.set(notice.executionId, notice); // the newest of one execution says it all
  if (waiting.size === 0 || timer !== null) return;
  const wait = EVERY_MS - (performance.now() - sentAt);
  if (wait > 0) timer = setTimeout(() => void flush(), wait);
  else void flush(); // a timer takes a millisecond at least, and somebody may wait for the answer of a webhook
}

async function flush(): Promise<void> {
  timer = null;
  sentAt = performance.now();
  const all = [...waiting.values()];
  waiting.clear();
  const payloads: string[] = [];
  for (let i = 0; i < all.length; i += PER_MESSAGE) payloads.push(encode(all.slice(i, i + PER_MESSAGE)));
  try {
    await getPool().query({
      name: 'notify',
      text: `select pg_notify('${LIVE_CHANNEL}', p) from unnest($1::text[]) p`,
      values: [payloads],
    });
  } catch (error) {
    log.warn(
      { error: (error as Error).message },
      'live notices lost; listeners find the rows at their next poll',
    );
  }
}

const encode = (notices: Notice[]): string =>
  JSON.stringify(notices.map((n) => [n.executionId, n.workspaceId, n.workflowId, n.status, n.lastSeq]));

export function decodeNotices(payload: string): Notice[] {
  const rows = JSON.parse(payload) as [string, string, string, ExecutionStatus, number][];
  return rows.map(([executionId, workspaceId, workflowId, status, lastSeq]) => ({
    executionId,
    workspaceId,
    workflowId,
    status,
    lastSeq,
  }));
}
