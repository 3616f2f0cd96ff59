/**
 * Why a node failed. Retry policies read only `retryable` and `retryAfterMs`; the UI picks its advice by `kind`.
 * - config: the parameters or the expressions are wrong · auth: the upstream refused the credential
 * - upstream: the other side failed · limit: a size, memory, rate or step budget was hit
 * - timeout: time ran out · interrupted: a crash hit a write that must not repeat
 * - stopped: the workflow itself said stop · bug: ours
 */
export type NodeErrorKind =
  | 'config'
  | 'auth'
  | 'upstream'
  | 'limit'
  | 'timeout'
  | 'interrupted'
  | 'stopped'
  | 'bug';

/** The stored form of a failure. */
export interface NodeErrorData {
  kind: NodeErrorKind;
  message: string;
  /** Name of the field that caused it, as a path: `conditions.0.left`. */
  field?: string;
  /** Longer text: what to do, or what the upstream answered. */
  detail?: string;
  itemIndex?: number;
  /** HTTP status of the upstream, when there was one. */
  status?: number;
  retryable: boolean;
  retryAfterMs?: number;
}

const RETRYABLE: ReadonlySet<NodeErrorKind> = new Set(['upstream', 'timeout']);

/** Throw this from a node; anything else thrown is recorded as kind `bug`. */
export class NodeError extends Error {
  readonly data: NodeErrorData;
  constructor(
    kind: NodeErrorKind,
    message: string,
    more: Partial<Omit<NodeErrorData, 'kind' | 'message'>> = {},
  ) {
    super(message);
    this.name = 'NodeError';
    this.data = { kind, message, retryable: RETRYABLE.has(kind), ...more };
  }
}

/** Any thrown value as a stored failure. Expression errors carry their own kind and field. */
export function toNodeErrorData(thrown: unknown): NodeErrorData {
  if (thrown instanceof NodeError) return thrown.data;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { kind: 'timeout', message, retryable: true };
  }
  return { kind: 'bug', message: message || 'Unknown error', retryable: false };
}
