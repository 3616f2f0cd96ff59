import path from 'node:path';
import { NodeError } from '#engine/errors.ts';
import type { Item, JsonObject } from '#engine/item.ts';
import { threadPool } from '../thread-pool.ts';
import type { SqlAnswer, SqlWork } from './sql-work.ts';

const MAX_MS = 10_000;
const pool = threadPool<SqlWork, SqlAnswer>(path.join(import.meta.dirname, 'sql-thread.ts'));

/**
 * The rows of a query over the items of the inputs. Throws NodeError that names the field: config for a mistake in the
 * query, limit when it takes too long or too much memory.
 */
export async function bySql(work: SqlWork, signal: AbortSignal, maxMs = MAX_MS): Promise<JsonObject[]> {
  const answer = await pool.run(work, signal, maxMs).catch((error: unknown) => {
    if (!(error instanceof NodeError)) throw error;
    throw new NodeError('limit', `The query took longer than ${maxMs / 1000} s, or too much memory.`, {
      field: 'query',
      detail: error.message,
    });
  });
  if ('rows' in answer) return answer.rows;
  throw new NodeError(answer.limit ? 'limit' : 'config', answer.problem, {
    field: 'query',
    ...(answer.detail ? { detail: answer.detail } : {}),
  });
}

export const jsonsOf = (items: Item[] | undefined): JsonObject[] => (items ?? []).map((item) => item.json);
