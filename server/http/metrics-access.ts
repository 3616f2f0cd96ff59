import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';

/** Loopback without a proxy in between, or the token. Throws UNAUTHORIZED. */
export function mayReadMetrics(request: IncomingMessage): void {
  const token = env().LINKFLOW_METRICS_TOKEN;
  const given = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token && given && isSame(token, given)) return;
  const address = request.socket.remoteAddress ?? '';
  const isLocal = ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
  if (isLocal && request.headers['x-forwarded-for'] === undefined) return;
  throw new AppError('UNAUTHORIZED', 'Send the metrics token: Authorization: Bearer …');
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
