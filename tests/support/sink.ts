import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SinkCall {
  path: string;
  method: string;
  body: string;
  idempotencyKey: string | undefined;
  at: number;
}

/** A server outside the product that remembers every call: what really happened, not what a log says. */
export interface Sink {
  url: string;
  calls: SinkCall[];
  count(path: string): number;
  /** How often each idempotency key was used. */
  perKey(): Map<string, number>;
  /** Is told about every call of this path before it is answered. */
  onCall(path: string, listener: (call: SinkCall) => void): void;
  /** Resolves as soon as this path has been called this often. */
  called(path: string, times?: number): Promise<void>;
  /** Resolves as soon as there were this many calls of whatever path. */
  calledInAll(times: number): Promise<void>;
  /** Calls of this path get no answer until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

/** `statusFor` says what the nth call of a path with the same key is answered with; 200 by default. */
export async function startSink(statusFor: (path: string, nth: number) => number = () => 200): Promise<Sink> {
  const calls: SinkCall[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const listeners: { path: string; listener: (call: SinkCall) => void }[] = [];
  let waiting: { path: string | null; times: number; resolve: () => void }[] = [];
  const perPath = new Map<string, number>();
  const keys = new Map<string, number>();
  const count = (path: string | null) => (path === null ? calls.length : (perPath.get(path) ?? 0));
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = request.url ?? '/';
    const call: SinkCall = {
      path,
      method: request.method ?? '',
      body,
      idempotencyKey: request.headers['idempotency-key'] as string | undefined,
      at: Date.now(),
    };
    calls.push(call);
    perPath.set(path, count(path) + 1);
    const key = `${path} ${call.idempotencyKey}`;
    const nth = (keys.get(key) ?? 0) + 1;
    keys.set(key, nth);
    for (const l of listeners) if (l.path === path) l.listener(call);
    waiting = waiting.filter((w) => {
      if (count(w.path) < w.times) return true;
      w.resolve();
      return false;
    });
    await held.get(path)?.promise;
    response
      .writeHead(statusFor(path, nth), { 'content-type': 'application/json' })
      .end(JSON.stringify({ path, n: count(path) }));
  });
  const called = (path: string | null, times: number): Promise<void> =>
    count(path) >= times
      ? Promise.resolve()
      : new Promise((resolve) => waiting.push({ path, times, resolve }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    count,
    perKey: () =>
      calls.reduce(
        (counts, { idempotencyKey = 'none' }) =>
          counts.set(idempotencyKey, (counts.get(idempotencyKey) ?? 0) + 1),
        new Map<string, number>(),
      ),
    onCall: (path, listener) => listeners.push({ path, listener }),
    called: (path, times = 1) => called(path, times),
    calledInAll: (times) => called(null, times),
    hold(path) {
      const gate = Promise.withResolvers<void>();
      held.set(path, gate);
      return () => {
        held.delete(path);
        gate.resolve();
      };
    },
    async close() {
      for (const gate of held.values()) gate.resolve();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
