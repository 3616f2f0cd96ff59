import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { env } from '../env.ts';

/** Our listener tells Next who calls by this header, and overwrites what the caller wrote there. */
export const ADDRESS_HEADER = 'x-linkflow-address';

/**
 * The address that a call came from: of the socket, or what the proxies of `LINKFLOW_TRUSTED_PROXIES` say. They append to
 * X-Forwarded-For, so it is read from the right, up to the first address that is no proxy of ours.
 */
export const callerAddress = (request: IncomingMessage): string =>
  addressFrom(
    request.socket.remoteAddress ?? '',
    request.headers['x-forwarded-for'],
    env().LINKFLOW_TRUSTED_PROXIES,
  );

/** The rule behind `callerAddress`: the address of the socket, X-Forwarded-For, and whom we trust. */
export function addressFrom(
  socketAddress: string,
  forwardedFor: string | string[] | undefined,
  proxies: readonly string[],
): string {
  let address = plain(socketAddress);
  if (proxies.length === 0) return address;
  const hops = [forwardedFor ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((hop) => withoutPort(hop.trim()));
  while (isInRanges(address, proxies)) {
    const hop = hops.pop();
    if (hop === undefined || !ipaddr.isValid(hop)) break; // what is no address was not written by a proxy
    address = plain(hop);
  }
  return address;
}

/** Whether an address is in one of the ranges (CIDR, or single addresses); ranges that are none match nothing. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const caller = ipaddr.process(address);
  return ranges.some((range) => {
    const text = range.includes('/') ? range : `${range}/${caller.kind() === 'ipv4' ? 32 : 128}`;
    if (!ipaddr.isValidCIDR(text)) return false;
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === caller.kind() && caller.match(network, bits);
  });
}

/** What is counted together: an IPv4 address, or the /64 that one IPv6 customer has at least. */
export function addressGroup(address: string): string {
  if (!address.includes(':')) return address;
  let group = groups.get(address);
  if (group === undefined) {
    if (groups.size >= MAX_GROUPS) groups.clear();
    group = groupOf(address);
    groups.set(address, group);
  }
  return group;
}

/** Taking an address apart costs more than all the rest of counting a call. */
const groups = new Map<string, string>();
const MAX_GROUPS = 10_000;

function groupOf(address: string): string {
  if (!ipaddr.IPv6.isValid(address)) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`;
}

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
const plain = (address: string): string => MAPPED.exec(address)?.[1] ?? address;

/** Some proxies write `1.2.3.4:5678` or `[::1]:5678`. */
const withoutPort = (hop: string): string =>
  /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
