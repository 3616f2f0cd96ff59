import { AppError } from './errors.ts';

const AWAY =
  /ECONNREFUSED|ECONNRESET|Connection terminated|timeout exceeded when trying to connect|the database system is|57P0[123]|P1001|P1017/;

/** The messages and codes by which pg and Prisma say that there is no database at the moment. */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  const { code } = thrown as { code?: unknown };
  return AWAY.test(`${typeof code === 'string' ? code : ''} ${thrown.message}`);
}

/** Five minutes without a database; then the work is left to whoever takes it up. */
const PAUSE_MS = 500;
const MAX_ATTEMPTS = 600;

/**
 * Does work of an execution, and waits for a database that is away: that is no failure of the workflow. For work that may
 * be done twice, since a statement whose answer got lost may have been carried out.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const away =
        isDatabaseAway(error) || (error instanceof AppError && error.code === 'SERVICE_UNAVAILABLE');
      if (!away || attempt >= MAX_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
