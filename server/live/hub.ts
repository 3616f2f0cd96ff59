import { EventEmitter } from 'node:events';
import pg from 'pg';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { decodeNotices, LIVE_CHANNEL, type Notice } from './notices.ts';

/** Says which triggers changed, so that the webhook listener forgets what it remembers of them. */
export const TRIGGER_CHANNEL = 'linkflow_triggers';

/**
 * The one LISTEN connection of a web process, fanned out in memory. Events: `execution:<id>`, `workflow:<id>` and
 * `workspace:<id>` with a notice; `triggers`; `resync` after the connection was away, when anything may have been missed.
 */
class LiveHub {
  readonly events = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  private client: pg.Client | null = null;
  private stopped = false;

  async start(): Promise<void> {
    try {
      const client = new pg.Client({ connectionString: env().DATABASE_URL, application_name: 'linkflow-live' });
      client.on('error', (error) => log.warn({ error: error.message }, 'live connection lost'));
      client.on('end', () => this.again());
      client.on('notification', ({ channel, payload }) => this.receive(channel, payload ?? ''));
      await client.connect();
      await client.query(`listen ${LIVE_CHANNEL}; listen ${TRIGGER_CHANNEL}`);
      this.client = client;
      this.events.emit('resync');
    } catch (error) {
      log.warn({ error: (error as Error).message }, 'cannot listen to the database yet');
      this.again();
    }
  }

  private again(): void {
    this.client = null;
    if (!this.stopped) setTimeout(() => void this.start(), 1_000).unref();
  }

  private receive(channel: string, payload: string): void {
    if (channel === TRIGGER_CHANNEL) {
      this.events.emit('triggers');
      return;
    }
    for (const notice of decodeNotices(payload)) {
      this.events.emit(`execution:${notice.executionId}`, notice);
      this.events.emit(`workflow:${notice.workflowId}`, notice);
      this.events.emit(`workspace:${notice.workspaceId}`, notice);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.end();
  }
}

const home = globalThis as typeof globalThis & { linkflowLiveHub?: LiveHub };

/** Started on first use; kept on globalThis because Next bundles its own copy of this module. */
export function liveHub(): LiveHub {
  if (!home.linkflowLiveHub) {
    home.linkflowLiveHub = new LiveHub();
    void home.linkflowLiveHub.start();
  }
  return home.linkflowLiveHub;
}

export type LiveTopic = `execution:${string}` | `workflow:${string}` | `workspace:${string}`;

/**
 * Notices of one topic until the signal aborts. Yields null at least every `pollMs` and after a resync: then the reader
 * looks at the rows itself, so that a lost notification costs a poll and never data.
 */
export async function* follow(topic: LiveTopic, signal: AbortSignal, pollMs = 10_000): AsyncGenerator<Notice | null> {
  const hub = liveHub();
  const queue = new Map<string, Notice>();
  let poll = false;
  let bell = Promise.withResolvers<void>();
  const onNotice = (notice: Notice) => {
    queue.set(notice.executionId, notice); // bounded by the number of executions: the newest notice of each is enough
    bell.resolve();
  };
  const onPoll = () => {
    poll = true;
    bell.resolve();
  };
  const timer = setInterval(onPoll, pollMs);
  signal.addEventListener('abort', onPoll, { once: true });
  hub.events.on(topic, onNotice);
  hub.events.on('resync', onPoll);
  try {
    while (!signal.aborted) {
      await bell.promise;
      bell = Promise.withResolvers();
      const notices = [...queue.values()];
      queue.clear();
      for (const notice of notices) yield notice;
      if (poll && !signal.aborted) yield null;
      poll = false;
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', onPoll);
    hub.events.off(topic, onNotice);
    hub.events.off('resync', onPoll);
  }
}
