import type { Settle } from './store.ts';

/** One limit that a call counts against. */
export interface Demand {
  /** Class and payer, such as `reads.key`. */
  policy: string;
  /** Class, payer and who: the key that processes share. */
  key: string;
  limit: number;
  windowMs: number;
}

/** How a demand stands after the call was counted, or refused. */
export interface Standing {
  policy: string;
  allowed: boolean;
  limit: number;
  remaining: number;
  windowSeconds: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
}

/** The share of a limit that a process may give away without knowing what the others did. */
const BLIND_SHARE = 0.05;
/** While the database does not answer, a process counts alone for this long before it asks again. */
const ALONE_MS = 1_000;
/** Two generations of this many counters at most; the older leaves first. */
const GENERATION = 50_000;

interface Counter {
  readonly demand: Demand;
  /** What all processes have used, as of the last answer. */
  shared: number;
  /** Used here, on its way to the database. */
  sent: number;
  /** Used here since. */
  local: number;
  endsAt: number;
  aloneUntil: number;
  /** Settled, one way or the other, when this is. */
  asked: Promise<void> | null;
}

/**
 * Counts calls in memory and settles with the database in batches: a light caller costs no write at all, a heavy one a
 * write per fortieth of its limit. Of n processes together each but one may overshoot a limit by a twentieth, not more: a
 * process that has given away that much without an answer waits for one. Without a database it counts alone.
 */
export class LimitBook {
  private counters = new Map<string, Counter>();
  private older = new Map<string, Counter>();
  private waiting = new Set<Counter>();
  private next: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();
  private readonly settle: Settle;
  private readonly now: () => number;

  constructor(settle: Settle, now: () => number = Date.now) {
    this.settle = settle;
    this.now = now;
  }

  /** Counts one call against all demands, or against none when one refuses. The tightest of them; a promise only seldom. */
  take(demands: readonly Demand[]): Standing | Promise<Standing> {
    const counters = demands.map((demand) => this.counterOf(demand));
    const spent = counters.find((counter) => used(counter) >= counter.demand.limit);
    if (spent) return this.standing(spent, false);
    const blind = counters.filter((c) => c.sent + c.local >= blindLimit(c) && c.aloneUntil <= this.now());
    if (blind.length > 0)
      return Promise.all(blind.map((counter) => this.ask(counter))).then(() => this.take(demands));
    let tightest = counters[0]!;
    for (const counter of counters) {
      counter.local++;
      if (counter.local >= blindLimit(counter) / 2 && counter.aloneUntil <= this.now())
        void this.ask(counter);
      if (leftShare(counter) < leftShare(tightest)) tightest = counter;
    }
    return this.standing(tightest, true);
  }

  private counterOf(demand: Demand): Counter {
    const { key } = demand;
    const known = this.counters.get(key) ?? this.older.get(key);
    const counter =
      known && known.endsAt > this.now() && known.demand.limit === demand.limit ? known : this.fresh(demand);
    if (this.counters.get(key) !== counter) {
      if (this.counters.size >= GENERATION) {
        this.older = this.counters;
        this.counters = new Map();
      }
      this.counters.set(key, counter);
    }
    return counter;
  }

  private fresh(demand: Demand): Counter {
    const endsAt = this.now() + demand.windowMs;
    return { demand, shared: 0, sent: 0, local: 0, endsAt, aloneUntil: 0, asked: null };
  }

  private standing(counter: Counter, allowed: boolean): Standing {
    const { policy, limit, windowMs } = counter.demand;
    return {
      policy,
      allowed,
      limit,
      remaining: Math.max(0, limit - used(counter)),
      windowSeconds: windowMs / 1000,
      resetSeconds: Math.max(1, Math.ceil((counter.endsAt - this.now()) / 1000)),
    };
  }

  private ask(counter: Counter): Promise<void> {
    if (!counter.asked) {
      this.waiting.add(counter);
      this.next ??= this.last.then(() => this.flush());
      counter.asked = this.next;
    }
    return counter.asked;
  }

  private flush(): Promise<void> {
    const counters = [...this.waiting];
    this.waiting.clear();
    this.next = null;
    this.last = this.send(counters);
    return this.last;
  }

  private async send(counters: readonly Counter[]): Promise<void> {
    for (const counter of counters) {
      counter.sent = counter.local;
      counter.local = 0;
    }
    const answers = await this.settle(
      counters.map(({ demand, sent }) => ({ key: demand.key, by: sent, windowMs: demand.windowMs })),
    );
    for (const counter of counters) {
      const answer = answers?.get(counter.demand.key);
      if (answer) {
        counter.shared = answer.count;
        counter.endsAt = this.now() + answer.leftMs;
      } else {
        counter.local += counter.sent;
        counter.aloneUntil = this.now() + ALONE_MS;
      }
      counter.sent = 0;
      counter.asked = null;
    }
  }
}

const used = ({ shared, sent, local }: Counter): number => shared + sent + local;
const leftShare = (counter: Counter): number => 1 - used(counter) / counter.demand.limit;
const blindLimit = ({ demand }: Counter): number => Math.max(1, Math.floor(demand.limit * BLIND_SHARE));
