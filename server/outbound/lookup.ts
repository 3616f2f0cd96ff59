import { lookup as dnsLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { checkAddress, type Network, refused } from './guard.ts';

export interface Resolved {
  address: string;
  family: number;
}
export type Resolve = (hostname: string) => Promise<Resolved[]>;

export const systemResolve: Resolve = (hostname) => dnsLookup(hostname, { all: true });

/**
 * The name lookup of the sockets themselves: what is checked here is what gets connected, so an answer that changes
 * between check and connection cannot slip through. One forbidden address among the answers refuses the host.
 */
export function checkedLookup(allowed: readonly Network[], resolve: Resolve): LookupFunction {
  const underWay = new Map<string, Promise<Resolved[]>>();

  const find = (hostname: string): Promise<Resolved[]> => {
    // Fifty calls to one host at once ask once; nothing is kept afterwards.
    let found = underWay.get(hostname);
    if (!found) {
      found = resolve(hostname).finally(() => underWay.delete(hostname));
      underWay.set(hostname, found);
    }
    return found;
  };

  return (hostname, options, callback) => {
    const settle = async (): Promise<Resolved[]> => {
      const found = await find(hostname);
      for (const { address } of found) {
        const reason = checkAddress(address, allowed);
        if (reason) throw refused(hostname, reason);
      }
      const { family } = options;
      const usable = family === 4 || family === 6 ? found.filter((one) => one.family === family) : found;
      if (usable.length > 0) return usable;
      throw Object.assign(new Error(`No address for ${hostname}`), { code: 'ENOTFOUND' });
    };
    settle().then(
      (found) => (options.all ? callback(null, found) : callback(null, found[0]!.address, found[0]!.family)),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}
