import path from 'node:path';
import { NodeError, toNodeErrorData } from '#engine/errors.ts';
import type { JsonObject } from '#engine/item.ts';
import { threadPool } from '../thread-pool.ts';
import { type Feed, parseFeed } from './parse-feed.ts';

const MAX_LENGTH = 20_000_000;
/** Up to this length even the worst text is read in a moment. */
const SHORT = 20_000;

const pool = threadPool<Feed, JsonObject[]>(path.join(import.meta.dirname, 'thread.ts'));

/**
 * The entries of a feed; a long one is read in a thread that is ended when it takes more than `maxMs`. Throws NodeError:
 * upstream for text that is no feed, limit.
 */
export async function entriesOf(feed: Feed, signal: AbortSignal, maxMs?: number): Promise<JsonObject[]> {
  if (feed.text.length > MAX_LENGTH) throw new NodeError('limit', 'The feed is larger than 20 MB.');
  try {
    return feed.text.length <= SHORT ? await parseFeed(feed) : await pool.run(feed, signal, maxMs);
  } catch (thrown) {
    const { kind, message } = toNodeErrorData(thrown);
    if (signal.aborted || kind === 'limit') throw thrown;
    throw new NodeError('upstream', `This is not a feed that can be read: ${message.split('\n')[0]}`, {
      retryable: false,
      detail: feed.text.slice(0, 500),
    });
  }
}
