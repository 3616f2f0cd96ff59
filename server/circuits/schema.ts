import { z } from 'zod';

/** closed: calls go out · open: calls are refused until `retryAt` · half_open: one trial call is under way. */
export const CIRCUIT_STATES = ['closed', 'open', 'half_open'] as const;
export const circuitStateSchema = z.enum(CIRCUIT_STATES);
export type CircuitState = z.output<typeof circuitStateSchema>;

export const circuitSchema = z.object({
  /** Host with port, as in a URL. */
  host: z.string(),
  /** Empty for calls without a credential. */
  credentialId: z.string(),
  state: circuitStateSchema,
  /** Failures in a row; 0 once it is closed. */
  failures: z.number(),
  openedAt: z.date().nullable(),
  /** When the next trial call may go out; null when it is closed. */
  retryAt: z.date().nullable(),
  /** The same as ms from now, at least 0, for clocks that go wrong. */
  retryInMs: z.number().nullable(),
  /** What the last call that failed ended with; kept when it closes. */
  lastError: z.string().nullable(),
  updatedAt: z.date(),
});
export type CircuitSummary = z.output<typeof circuitSchema>;

/** All in one page: a workspace keeps at most 200. */
export const circuitPageSchema = z.object({ data: z.array(circuitSchema), nextCursor: z.null() });
export const closeCircuitSchema = z.object({
  host: z.string().min(1).max(300),
  credentialId: z.string().max(100).default(''),
});
