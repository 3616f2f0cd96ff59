import type { NodeErrorData } from '#engine/errors.ts';
import type { LogLine } from '#engine/events.ts';
import type { CodeRequest } from '#engine/node.ts';

/** Between the code runner and its process. Data travels as JSON text, so the process never builds objects from it. */
export interface RunMessage {
  id: number;
  language: CodeRequest['language'];
  source: string;
  mode: CodeRequest['mode'];
  /** JSON of the items. */
  items: string;
  /** JSON of the variables. */
  context: string;
  timeoutMs: number;
  memoryMb: number;
}
export interface CancelMessage {
  cancel: number;
}
export type ToRunner = RunMessage | CancelMessage;

export interface Outcome {
  /** JSON of what the code returned; undefined when it returned nothing. */
  value?: string;
  /** each-item: indexes of items for which the code returned nothing. */
  missing?: number[];
  /** JSON of the static data that the code asked for: {global?, node?}. */
  staticData?: string;
  logs: LogLine[];
  error?: NodeErrorData;
  /** The engine inside could not be stopped; only the end of the process will. */
  stuck?: boolean;
}
export interface OutcomeMessage {
  id: number;
  outcome: Outcome;
}
export type FromRunner = OutcomeMessage | { ready: true };

export const MAX_RESULT_CHARS = 16 * 1024 * 1024;
/** Read and written whole by every run that asks for it. */
export const MAX_STATIC_CHARS = 512 * 1024;
export const DEFAULT_TIMEOUT_MS = 10_000;
export const MAX_TIMEOUT_MS = 300_000;
export const DEFAULT_MEMORY_MB = 128;
export const MAX_MEMORY_MB = 512;
export const MIN_MEMORY_MB = 16;
