import ipaddr from 'ipaddr.js';
import { NodeError } from '#engine/errors.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type Network = [Address, number];

/** Cloud metadata services hand out credentials of the machine; only a network of exactly that address lets them through. */
const METADATA: readonly string[] = ['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254'];
const GLOBAL_UNICAST_V6: Network = [ipaddr.IPv6.parse('2000::'), 3];
/** Formerly the Teredo block's neighbours and 6bone; ipaddr.js counts some of them as plain unicast. */
const REFUSED_V6: readonly Network[] = ['3ffe::/16', '5f00::/16', '2001::/23'].map((cidr) =>
  ipaddr.IPv6.parseCIDR(cidr),
);

const RANGE_NAMES: Readonly<Record<string, string>> = {
  loopback: 'this machine',
  private: 'a private network',
  uniqueLocal: 'a private network',
  linkLocal: 'the local link',
  carrierGradeNat: 'a carrier network',
  multicast: 'a multicast group',
  broadcast: 'a broadcast address',
  unspecified: 'no particular machine',
};

/** Networks in CIDR form; a bare address counts as a network of one. Throws Error that names the wrong entry. */
export function parseNetworks(texts: readonly string[]): Network[] {
  return texts.map((text) => {
    try {
      if (text.includes('/')) return ipaddr.parseCIDR(text);
      const address = ipaddr.parse(text);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    } catch {
      throw new Error(`“${text}” is not a network in CIDR form, such as 10.0.0.0/8`);
    }
  });
}

/**
 * Why nobody may connect to this address, in words (“a private network”); null when it is public or in one of the
 * allowed networks. Forms of IPv6 that carry an IPv4 address are refused whatever they carry: no public host needs them.
 */
export function checkAddress(ip: string, allowed: readonly Network[]): string | null {
  if (!ipaddr.isValid(ip)) return 'not an address';
  const address = ipaddr.parse(ip);
  const inside = allowed.filter((network) => isIn(address, network));
  if (METADATA.includes(address.toString())) {
    const single = inside.some(([, bits]) => bits === (address.kind() === 'ipv4' ? 32 : 128));
    return single ? null : 'a metadata service';
  }
  if (inside.length > 0) return null;
  const range = address.range();
  if (range !== 'unicast') return RANGE_NAMES[range] ?? 'a reserved range';
  if (address.kind() === 'ipv4') return null;
  const odd = !isIn(address, GLOBAL_UNICAST_V6) || REFUSED_V6.some((network) => isIn(address, network));
  return odd ? 'a reserved range' : null;
}

/**
 * The URL as it will be fetched. Odd spellings of addresses (decimal, octal, hex, full-width digits, trailing dot) are
 * normalised by the WHATWG parser before the check. Throws NodeError(config).
 */
export function checkUrl(text: string, allowed: readonly Network[]): URL {
  if (!URL.canParse(text))
    throw new NodeError('config', `This is not a URL that can be called: “${shorten(text)}”`, {
      field: 'url',
    });
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new NodeError('config', `Only http and https can be called, not “${url.protocol}”`, {
      field: 'url',
    });
  }
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (ipaddr.isValid(literal)) {
    const reason = checkAddress(literal, allowed);
    if (reason) throw refused(literal, reason);
  }
  return url;
}

/** Names the host as the workflow wrote it, not what it resolved to: that would map the inner network for its author. */
export function refused(host: string, reason: string): NodeError {
  return new NodeError('config', `“${host}” may not be called, because its address is ${reason}.`, {
    field: 'url',
    detail:
      'Workflows reach the public internet only. The operator can allow networks with LINKFLOW_ALLOW_PRIVATE_NETWORKS.',
  });
}

const isIn = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network as ipaddr.IPv4 & ipaddr.IPv6, bits);

/** What stands before the query is enough to find the mistake; the rest may hold secrets. */
const shorten = (text: string): string =>
  text
    .split(/[?#]/, 1)[0]!
    .replace(/\/\/[^/@]*@/, '//')
    .slice(0, 200);
