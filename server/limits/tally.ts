import type { Standing } from './book.ts';
import type { LimitClass } from './policy.ts';
import { assertAllowed, limitHeaders, spend, type Who } from './spend.ts';

/** What one HTTP request has used, which may be several calls, and what its answer says about that. */
export class Tally {
  private tightest: Standing | null = null;

  /** Throws TOO_MANY_REQUESTS when a limit of anyone in `who` is used up. */
  async spend(name: LimitClass, who: Who): Promise<void> {
    const standing = await spend(name, who);
    if (!standing) return;
    const before = this.tightest;
    if (!before || !standing.allowed || standing.remaining / standing.limit < before.remaining / before.limit)
      this.tightest = standing;
    assertAllowed(standing);
  }

  headers(): Record<string, string> {
    return this.tightest ? limitHeaders(this.tightest) : {};
  }
}
