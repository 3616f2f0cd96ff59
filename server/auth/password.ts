import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../errors.ts';

/** argon2id (algorithm 2) with 19 MiB and 2 passes (OWASP's minimum); runs on a thread of its own. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Each takes a core for as long as it lasts, and one must be left for everybody else. */
const AT_ONCE = Math.max(1, availableParallelism() - 1);
const MAX_WAITING = 200;
let running = 0;
const waiting: (() => void)[] = [];

/** Throws SERVICE_UNAVAILABLE when so many wait that nobody would wait that long. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING)
      throw new AppError(
        'SERVICE_UNAVAILABLE',
        'Too many people log in at this moment. Try again in a minute.',
        {
          retryAfter: 30,
        },
      );
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next)
      next(); // the place goes on to the next in line
    else running--;
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, OPTIONS));

/** False also for a missing hash, after the same work: an unknown address must not answer faster than a known one. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has');
  const known = passwordHash ?? (await decoy);
  const matches = await inTurn(() => verify(known, password));
  return passwordHash !== null && matches;
}
let decoy: Promise<string> | undefined;
