/** Troubles of the network or of Stripe itself, on demand. */
export interface Trouble {
  /** HTTP status, or `hang-up` for a connection that ends without an answer. */
  with: 429 | 500 | 503 | 'hang-up';
  /** How many requests it happens to. */
  times: number;
  /** Only for paths that begin with it. */
  path?: string;
  /** The work is done all the same, and only the answer is lost. */
  afterwards?: boolean;
}

export class Troubles {
  readonly #planned: Trouble[] = [];

  plan(trouble: Trouble): void {
    this.#planned.push({ ...trouble });
  }

  /** The one that this request meets, which is then spent. */
  meet(path: string): Trouble | null {
    const trouble = this.#planned.find((one) => one.times > 0 && path.startsWith(one.path ?? '/'));
    if (!trouble) return null;
    trouble.times -= 1;
    return trouble;
  }
}

export function troubleAnswer(status: 429 | 500 | 503) {
  const body =
    status === 429
      ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }
      : { type: 'api_error', message: 'An unknown error occurred.' };
  return { status, body: JSON.stringify({ error: body }) };
}
