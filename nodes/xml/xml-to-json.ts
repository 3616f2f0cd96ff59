import path from 'node:path';
import { NodeError, type NodeErrorData } from '#engine/errors.ts';
import { threadPool } from '../thread-pool.ts';
import { type ParseOptions, parseXml, tooMuch } from './parse.ts';

export interface Work {
  text: string;
  options: ParseOptions;
}
/** A failure comes as data, since errors lose their kind between threads. */
export type Result = { json: unknown } | { failure: NodeErrorData };

const MAX_LENGTH = 20_000_000;
/** Up to this length even the worst text is read in a moment. */
const SHORT = 32_000;

const pool = threadPool<Work, Result>(path.join(import.meta.dirname, 'thread.ts'));

/**
 * XML as JSON; a long text is read in a thread that is ended when it takes more than `maxMs`. Throws NodeError: config
 * for text that is no XML, limit for text that is too long, too deeply nested or takes too long.
 */
export async function xmlToJson(
  text: string,
  options: ParseOptions,
  signal: AbortSignal,
  maxMs = 30_000,
): Promise<unknown> {
  if (text.length <= SHORT) return parseXml(text, options);
  if (text.length > MAX_LENGTH) throw tooMuch('is larger than 20 MB');
  const result = await pool.run({ text, options }, signal, maxMs);
  if ('json' in result) return result.json;
  const { kind, message, ...more } = result.failure;
  throw new NodeError(kind, message, more);
}
