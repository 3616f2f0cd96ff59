/** Unix seconds. Given a start it stands still until it is set; otherwise it goes on with the machine’s, set ahead. */
export class Clock {
  #frozenAt: number | null;
  #aheadSeconds = 0;

  constructor(start?: number) {
    this.#frozenAt = start ?? null;
  }

  now(): number {
    return this.#frozenAt ?? wallSeconds() + this.#aheadSeconds;
  }

  /** Never goes back. */
  set(time: number): void {
    const to = Math.max(time, this.now());
    if (this.#frozenAt === null) this.#aheadSeconds = to - wallSeconds();
    else this.#frozenAt = to;
  }
}

const wallSeconds = () => Math.floor(Date.now() / 1000);
