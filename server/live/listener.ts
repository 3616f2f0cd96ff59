import pg from 'pg';
import { env } from '../env.ts';
import { log } from '../log.ts';

export interface Listener {
  stop(): Promise<void>;
}

/**
 * One connection that listens to these channels and is made anew when it is lost. `onConnect` is called after every
 * connect: whatever was sent before it may have been missed.
 */
export function listenTo(
  channels: readonly string[],
  onNotification: (channel: string, payload: string) => void,
  onConnect: () => void,
): Listener {
  let current: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | null = null;

  /** A failed connect says so twice, by its promise and by `end`; there must be one next try, and so one connection. */
  const again = (): void => {
    current = null;
    if (stopped || retry) return;
    retry = setTimeout(() => {
      retry = null;
      void connect();
    }, RETRY_MS).unref();
  };
  const connect = async (): Promise<void> => {
    try {
      const client = new pg.Client({
        connectionString: env().DATABASE_URL,
        application_name: 'linkflow-listener',
      });
      client.on('error', (error) => log.warn({ error: error.message }, 'listening connection lost'));
      client.on('end', again);
      client.on('notification', ({ channel, payload }) => onNotification(channel, payload ?? ''));
      await client.connect();
      await client.query(channels.map((channel) => `listen ${channel}`).join('; '));
      current = client;
      onConnect();
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'cannot listen to the database yet');
      again();
    }
  };
  void connect();
  return {
    async stop() {
      stopped = true;
      if (retry) clearTimeout(retry);
      await current?.end();
    },
  };
}

const RETRY_MS = 1_000;
