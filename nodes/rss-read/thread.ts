import { parentPort } from 'node:worker_threads';
import type { JsonObject } from '#engine/item.ts';
import type { ThreadAnswer } from '../thread-pool.ts';
import { type Feed, parseFeed } from './parse-feed.ts';

/** What runs in a thread of its own: one feed after the other. */
parentPort?.on('message', async (feed: Feed) => {
  const answer = (message: ThreadAnswer<JsonObject[]>) => parentPort?.postMessage(message);
  try {
    answer({ value: await parseFeed(feed) });
  } catch (error) {
    answer({ error: error instanceof Error ? error.message : String(error) });
  }
});
