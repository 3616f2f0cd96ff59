import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';
import type { Resolve } from '#server/outbound/lookup.ts';

export interface DnsServer {
  /** How often each name was asked for an address. */
  asked: Map<string, number>;
  /** Asks this server, as the system's resolver would ask its own. */
  resolve: Resolve;
  close(): void;
}

/** Addresses of a name, by the how manyth question it is; none: there is no such name. */
export type Zone = (name: string, nth: number) => readonly string[];

const TYPE_A = 1;
const TYPE_AAAA = 28;

/** A name server (RFC 1035) that says what a zone tells it, each time anew. */
export async function startDnsServer(zone: Zone): Promise<DnsServer> {
  const asked = new Map<string, number>();
  const server = createSocket('udp4');
  server.on('message', (message, from) => {
    const { name, type, end } = readQuestion(message);
    // both kinds of address are asked for at the same time: the first of them counts
    if (type === TYPE_A) asked.set(name, (asked.get(name) ?? 0) + 1);
    const wanted = zone(name, asked.get(name) ?? 1).filter(
      (address) => address.includes(':') === (type === TYPE_AAAA),
    );
    server.send(answer(message.subarray(0, end), wanted), from.port, from.address);
  });
  await bound(server);
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${(server.address() as AddressInfo).port}`]);
  return {
    asked,
    async resolve(hostname) {
      const [four, six] = await Promise.all([
        resolver.resolve4(hostname).catch(() => []),
        resolver.resolve6(hostname).catch(() => []),
      ]);
      const found = [
        ...four.map((address) => ({ address, family: 4 })),
        ...six.map((address) => ({ address, family: 6 })),
      ];
      if (found.length === 0)
        throw Object.assign(new Error(`no such name: ${hostname}`), { code: 'ENOTFOUND' });
      return found;
    },
    close: () => server.close(),
  };
}

const bound = (server: Socket) => new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** The question as it came, and its answers with a lifetime of zero. */
function answer(question: Buffer, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(addresses.length > 0 ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8); // a resolver may have added options
  return Buffer.concat([head, ...addresses.map(record)]);
}

function record(address: string): Buffer {
  const bytes = address.includes(':') ? bytesOfV6(address) : Buffer.from(address.split('.').map(Number));
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(bytes.length === 4 ? TYPE_A : TYPE_AAAA, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(0, 6);
  head.writeUInt16BE(bytes.length, 10);
  return Buffer.concat([head, bytes]);
}

function bytesOfV6(address: string): Buffer {
  const [left = '', right] = address.split('::');
  const words = (text: string) =>
    text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16));
  const [before, after] = [words(left), words(right ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 255]));
}
