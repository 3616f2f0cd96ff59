import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from '#server/http/listener.ts';

/** The part of the web process that answers before Next does: webhooks, forms, health. */
export async function startFrontDoor(): Promise<{ origin: string; close(): Promise<void> }> {
  const server = http.createServer(listen(async (_request, response) => void response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
