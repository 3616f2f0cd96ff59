/** What came of a vote. `reason` says why there is no decision; then there is none. */
export interface Outcome {
  decision: unknown;
  /** null where nothing is known of it: an average without scores, an expression that does not say. */
  confidence: number | null;
  reason?: string;
}

export const undecided = (reason: string): Outcome => ({ decision: null, confidence: 0, reason });
