import http from 'node:http';
import next from 'next';
import { closeDatabase } from './db.ts';
import { env } from './env.ts';
import { listen } from './http/listener.ts';
import { liveHub } from './live/hub.ts';
import { log } from './log.ts';
import { flushWrites } from './write-behind.ts';

/**
 * The web process: webhooks, health and metrics are answered by our own listener, since Next costs more than the whole
 * rest of a webhook call; everything else goes to Next in the same process.
 */
process.env.LINKFLOW_PROCESS = 'web';
const { PORT, APP_URL } = env();
process.env.AUTH_URL = APP_URL; // next-auth would take the address where we listen for the one that people use
const dev = process.argv.includes('--dev');
const app = next({ dev, hostname: 'localhost', port: PORT });
await app.prepare();
const server = http.createServer(listen(app.getRequestHandler(), { dev }));
if (dev) server.on('upgrade', app.getUpgradeHandler());
server.requestTimeout = 150_000;
server.headersTimeout = 20_000;
liveHub();
server.listen(PORT, process.env.HOST || undefined, () => {
  log.debug({ port: PORT }, 'web process is listening');
  process.send?.('ready');
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3_000).unref(); // event streams never end by themselves
  await new Promise((resolve) => server.once('close', resolve));
  await liveHub().stop();
  await flushWrites();
  await closeDatabase();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop()); // the supervisor is gone: leave nothing behind
