import { createHash } from 'node:crypto';
import { Failure } from './failure.ts';
import type { Sandbox } from './sandbox.ts';

export interface Answer {
  status: number;
  body: string;
  replayed?: boolean;
}

/** The first answer for each key, for a day. */
export class IdempotencyKeys {
  readonly #answers = new Map<string, { fingerprint: string; at: number; answer: Answer }>();
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  /** The answer of before, marked as such; 400 when the same key comes with other parameters. */
  replay(key: string, request: string): Answer | null {
    const known = this.#answers.get(key);
    if (!known || known.at <= this.#sandbox.now - 86_400) return null;
    if (known.fingerprint === fingerprint(request)) return { ...known.answer, replayed: true };
    throw new Failure(
      400,
      'idempotency_error',
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    );
  }

  /** Requests that were refused before they began may be sent again with the same key. */
  keep(key: string, request: string, answer: Answer): void {
    if ([400, 401, 404, 409, 429].includes(answer.status)) return;
    this.#answers.set(key, { fingerprint: fingerprint(request), at: this.#sandbox.now, answer });
  }
}

const fingerprint = (request: string) => createHash('sha256').update(request).digest('hex');
