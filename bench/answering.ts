import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answering {
  url: string;
  close(): Promise<void>;
}

/** A server that answers every call with a little JSON after this time. */
export async function startAnswering(afterMs: number): Promise<Answering> {
  const server = http.createServer((request, response) => {
    request.resume();
    const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    if (afterMs > 0) setTimeout(answer, afterMs);
    else answer();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
