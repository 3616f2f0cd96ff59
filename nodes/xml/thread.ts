import { parentPort } from 'node:worker_threads';
import { toNodeErrorData } from '#engine/errors.ts';
import type { ThreadAnswer } from '../thread-pool.ts';
import { parseXml } from './parse.ts';
import type { Result, Work } from './xml-to-json.ts';

/** What runs in a thread of its own: one document after the other. */
parentPort?.on('message', async ({ text, options }: Work) => {
  const answer = (value: Result) => parentPort?.postMessage({ value } satisfies ThreadAnswer<Result>);
  try {
    answer({ json: await parseXml(text, options) });
  } catch (thrown) {
    answer({ failure: toNodeErrorData(thrown) });
  }
});
