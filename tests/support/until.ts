/** Looks again and again until there is an answer; fails at the deadline. A look that throws counts as no answer. */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown = 'no answer';
  while (Date.now() < deadline) {
    try {
      const found = await look();
      if (found) return found;
      last = 'no answer';
    } catch (error) {
      last = error; // the database may be away: that is what some of these tests do to it
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${seconds} s (${String(last)})`);
}
