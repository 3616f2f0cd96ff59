import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];
export interface Allowlist {
  ranges: readonly Range[];
  /** Entries that are no addresses: nobody gets in by them. */
  wrong: readonly string[];
}

/** `203.0.113.7, 10.0.0.0/8` taken apart once; null: no list, so everybody may call. */
export function parseAllowlist(text: string): Allowlist | null {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (entries.length === 0) return null;
  const wrong: string[] = [];
  const ranges = entries.flatMap((entry): Range[] => {
    const range = rangeOf(entry);
    if (!range) wrong.push(entry);
    return range ? [range] : [];
  });
  return { ranges, wrong };
}

export function isAllowedAddress({ ranges }: Allowlist, address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return ranges.some(([network, bits]) => network.kind() === caller.kind() && caller.match(network, bits));
}

function rangeOf(entry: string): Range | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry) as Range;
  // `10` is an address to some, and none that anybody means
  if (!ipaddr.isValid(entry) || (!entry.includes(':') && !ipaddr.IPv4.isValidFourPartDecimal(entry)))
    return null;
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
