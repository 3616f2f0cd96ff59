/** A statement that takes longer stands in others' way on a small machine. */
const WANTED_MS = 25;
const MIN_ROWS = 20;
const MAX_ROWS = 1_000;
const MIN_PAUSE_MS = 10;
const MAX_PAUSE_MS = 2_000;

/**
 * How much house-keeping does at a time, and how long it rests in between: learned from how long its own statements take.
 * A row that takes much longer than it does at quiet times means that the database has other work, and that goes first.
 */
export class Pace {
  /** Rows of the next batch. */
  rows: number;
  /** ms per row when nothing else is going on; grows slowly, so that one lucky batch is not the measure for ever. */
  private quiet = Number.POSITIVE_INFINITY;

  constructor(rows = 100) {
    this.rows = rows;
  }

  /** Learns from a batch of `rows` that took `tookMs`. Returns how many ms to rest before the next one. */
  took(tookMs: number, rows: number): number {
    if (rows === 0) return MIN_PAUSE_MS;
    const perRow = Math.max(tookMs, 0.1) / rows;
    this.quiet = Math.min(perRow, this.quiet * 1.02);
    const busy = perRow / this.quiet;
    const wanted = Math.min(Math.max(Math.round(WANTED_MS / perRow), MIN_ROWS), MAX_ROWS);
    // smaller at once, larger step by step
    this.rows = wanted < this.rows ? wanted : Math.min(wanted, Math.ceil(this.rows * 1.25));
    return Math.min(Math.max(tookMs * restFor(busy), MIN_PAUSE_MS), MAX_PAUSE_MS);
  }
}

/** How many times as long as it worked. */
const restFor = (busy: number): number => (busy < 2 ? 1 : busy < 4 ? 3 : 10);
