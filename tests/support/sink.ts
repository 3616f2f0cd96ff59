import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SinkCall {
  path: string;
  method: string;
  body: string;
  idempotencyKey: string | undefined;
}

/** A server outside the product that remembers every call: what really happened, not what a log says. */
export interface Sink {
  url: string;
  calls: SinkCall[];
  count(path: string): number;
  /** Resolves as soon as this path has been called this often. */
  called(path: string, times?: number): Promise<void>;
  /** Calls of this path get no answer until the returned function is called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

export async function startSink(): Promise<Sink> {
  const calls: SinkCall[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const waiting: { path: string; times: number; resolve: () => void }[] = [];
  const count = (path: string) => calls.filter((c) => c.path === path).length;
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = request.url ?? '/';
    calls.push({
      path,
      method: request.method ?? '',
      body,
      idempotencyKey: request.headers['idempotency-key'] as string | undefined,
    });
    for (const w of waiting) if (count(w.path) >= w.times) w.resolve();
    await held.get(path)?.promise;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ path, n: count(path) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    count,
    called: (path, times = 1) =>
      count(path) >= times
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ path, times, resolve })),
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
