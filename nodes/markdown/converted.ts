import path from 'node:path';
import { NodeError } from '#engine/errors.ts';
import { threadPool } from '../thread-pool.ts';
import { type Conversion, convert } from './convert.ts';

const MAX_LENGTH = 5_000_000;
/** Up to this length even the worst text is done in a moment, and a thread would cost more than it protects. */
const SHORT = 1000;

const pool = threadPool<Conversion, string>(path.join(import.meta.dirname, 'thread.ts'));

/**
 * The text converted, in a thread that is ended when it takes too long. Throws NodeError: limit for a text that is too
 * long or that takes more than `maxMs`, config for what cannot be converted, such as a broken pattern.
 */
export async function converted(
  conversion: Conversion,
  signal: AbortSignal,
  maxMs?: number,
): Promise<string> {
  if (conversion.text.length > MAX_LENGTH)
    throw new NodeError('limit', 'The text is longer than 5 million characters.');
  return isHarmless(conversion) ? convert(conversion) : pool.run(conversion, signal, maxMs);
}

const isHarmless = ({ text, options }: Conversion) =>
  text.length <= SHORT && !('patterns' in options && options.patterns === 'regex');
