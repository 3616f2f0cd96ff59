import { parentPort } from 'node:worker_threads';
import type { ThreadAnswer } from '../thread-pool.ts';
import { type Conversion, convert } from './convert.ts';

/** What runs in a thread of its own: one conversion after the other. */
parentPort?.on('message', (conversion: Conversion) => {
  const answer = (message: ThreadAnswer<string>) => parentPort?.postMessage(message);
  try {
    answer({ value: convert(conversion) });
  } catch (error) {
    answer({ error: `This cannot be converted: ${error instanceof Error ? error.message : String(error)}` });
  }
});
