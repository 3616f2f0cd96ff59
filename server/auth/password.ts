import { hash, verify } from '@node-rs/argon2';

/** argon2id (algorithm 2) with 19 MiB and 2 passes (OWASP's minimum); runs on a thread of its own. */
const OPTIONS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS);

/** False also for a missing hash, after the same work: an unknown address must not answer faster than a known one. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has');
  const matches = await verify(passwordHash ?? (await decoy), password);
  return passwordHash !== null && matches;
}
let decoy: Promise<string> | undefined;
