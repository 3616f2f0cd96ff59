import { createHmac } from 'node:crypto';
import { newId } from './collection.ts';
import { API_VERSION, type StripeEvent } from './events.ts';

export interface Endpoint {
  id: string;
  url: string;
  secret: string;
  enabledEvents: string[];
}

/** What goes wrong on the way. All off by default. */
export interface Faults {
  /** Keep everything until `release`. */
  hold: boolean;
  /** How often each event is sent. */
  copies: number;
  /** Sign with another secret. */
  badSignature: boolean;
  /** The age of the signature in seconds: a replayed request. */
  signatureAge: number;
  /** Hold events until the clock is this much further (seconds). */
  late: number;
  /** Only for these types; empty means all. */
  types: string[];
}

export interface Attempt {
  event: string;
  type: string;
  url: string;
  /** HTTP status, or 0 when there was no answer. */
  status: number;
}

interface Job {
  event: StripeEvent;
  endpoint: Endpoint;
  attempt: number;
  /** By the sandbox’s clock. */
  notBefore: number;
}

const NO_FAULTS: Faults = {
  hold: false,
  copies: 1,
  badSignature: false,
  signatureAge: 0,
  late: 0,
  types: [],
};

/** Sends events to their endpoints one after the other, again when they were not taken. */
export class Deliveries {
  readonly attempts: Attempt[] = [];
  readonly endpoints: Endpoint[] = [];
  faults: Faults = { ...NO_FAULTS };
  readonly #held: Job[] = [];
  #queue: Job[] = [];
  #running: Promise<void> | null = null;
  readonly #timers = new Set<NodeJS.Timeout>();
  #idle: (() => void)[] = [];
  #stopped = false;
  readonly #now: () => number;
  readonly #retryDelaysMs: number[];

  constructor(now: () => number, retryDelaysMs: number[]) {
    this.#now = now;
    this.#retryDelaysMs = retryDelaysMs;
  }

  addEndpoint(url: string, secret = newId('whsec', 32), enabledEvents = ['*']): Endpoint {
    const endpoint = { id: newId('we'), url, secret, enabledEvents };
    this.endpoints.push(endpoint);
    return endpoint;
  }

  removeEndpoint(id: string): boolean {
    const index = this.endpoints.findIndex((endpoint) => endpoint.id === id);
    if (index >= 0) this.endpoints.splice(index, 1);
    return index >= 0;
  }

  setFaults(faults: Partial<Faults>): void {
    this.faults = { ...NO_FAULTS, ...faults };
  }

  enqueue(event: StripeEvent): void {
    const { hold, copies, late, types } = this.faults;
    const applies = types.length === 0 || types.includes(event.type);
    for (const endpoint of this.endpoints.filter((one) => wants(one, event.type)))
      for (let copy = 0; copy < (applies ? copies : 1); copy++) {
        const job = { event, endpoint, attempt: 0, notBefore: applies && late ? this.#now() + late : 0 };
        if (applies && (hold || late)) this.#held.push(job);
        else this.#queue.push(job);
      }
    this.#pump();
  }

  /** Lets go what was held, in the order of a seed if one is given. */
  release(seed?: number): void {
    const jobs = this.#held.splice(0);
    this.#queue.push(...(seed === undefined ? jobs : shuffled(jobs, seed)));
    this.#pump();
  }

  /** Lets go what was late and has come by now. */
  releaseDue(): void {
    const due = this.#held.filter((job) => job.notBefore > 0 && job.notBefore <= this.#now());
    for (const job of due) this.#held.splice(this.#held.indexOf(job), 1);
    this.#queue.push(...due);
    this.#pump();
  }

  /** Sends an event again that was sent before, as the button in Stripe’s dashboard does. */
  resend(event: StripeEvent): void {
    for (const endpoint of this.endpoints) this.#queue.push({ event, endpoint, attempt: 0, notBefore: 0 });
    this.#pump();
  }

  held(): string[] {
    return this.#held.map(({ event }) => event.id);
  }

  /** When nothing is under way or about to be tried again. */
  async settled(): Promise<void> {
    if (!this.#running && this.#queue.length === 0 && this.#timers.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#queue = [];
    await this.#running;
  }

  #pump(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
      if (this.#queue.length > 0) this.#pump();
      else if (this.#timers.size === 0) for (const resolve of this.#idle.splice(0)) resolve();
    });
  }

  async #drain(): Promise<void> {
    for (let job = this.#queue.shift(); job; job = this.#queue.shift()) {
      const status = await this.#send(job);
      this.attempts.push({ event: job.event.id, type: job.event.type, url: job.endpoint.url, status });
      if (status < 200 || status > 299) this.#retry(job);
    }
  }

  #retry(job: Job): void {
    const delay = this.#retryDelaysMs[job.attempt];
    if (delay === undefined || this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#queue.push({ ...job, attempt: job.attempt + 1 });
      this.#pump();
    }, delay);
    this.#timers.add(timer);
  }

  async #send({ event, endpoint }: Job): Promise<number> {
    const body = JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);
    const { badSignature, signatureAge, types } = this.faults;
    const applies = types.length === 0 || types.includes(event.type);
    const secret = applies && badSignature ? 'whsec_of_somebody_else' : endpoint.secret;
    const time = Math.floor(Date.now() / 1000) - (applies ? signatureAge : 0);
    try {
      const response = await fetch(endpoint.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signatureHeader(body, secret, time),
          'stripe-version': API_VERSION,
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      if (error instanceof Error) return 0; // refused, reset or too slow
      throw error;
    }
  }
}

/** `t=…,v1=…` over `t.body`; t is the real time, which the receiver compares with its own. */
export function signatureHeader(body: string, secret: string, time: number): string {
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

const wants = ({ enabledEvents }: Endpoint, type: string) =>
  enabledEvents.includes('*') || enabledEvents.includes(type);

/** The same seed gives the same order (Fisher–Yates over a small linear generator). */
function shuffled<T>(values: T[], seed: number): T[] {
  const result = [...values];
  let state = seed >>> 0;
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
