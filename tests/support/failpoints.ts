import type { ChildProcess } from 'node:child_process';
import type { Counts, Failpoint, Order } from './failpoint.ts';

const send = (child: ChildProcess, order: Order): Promise<void> =>
  new Promise((resolve, reject) =>
    child.send(order, (error) => {
      if (error) reject(error);
      else resolve();
    }),
  );

/** From now on the process counts its statements, and at the given one it dies or its connection is cut. */
export async function arm(child: ChildProcess, failpoint: Failpoint): Promise<void> {
  await send(child, { failpoint });
  await countsOf(child); // orders are taken one after the other: this one has been
}

/** The statements since the last order, or since it was last asked. */
export async function countsOf(child: ChildProcess): Promise<Counts> {
  const answer = told(child, (message: { counts?: Counts }) => message.counts);
  await send(child, { count: true });
  return answer;
}

/** Resolves when a cut has been made. */
export const reached = (child: ChildProcess): Promise<Failpoint> =>
  told(child, (message: { reached?: Failpoint }) => message.reached);

function told<M, T>(child: ChildProcess, read: (message: M) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const listen = (message: M) => {
      const found = read(message);
      if (found === undefined) return;
      child.off('message', listen);
      resolve(found);
    };
    child.on('message', listen);
  });
}

/** `journal:after:3`, `claim:after:1:cut`. */
export function parseFailpoint(text: string): Failpoint {
  const [statement = '', when, nth, how = 'die'] = text.split(':');
  return { statement, when, nth: Number(nth), how } as Failpoint;
}
