import { EventEmitter } from 'node:events';
import { listenTo } from './listener.ts';
import { decodeNotices, LIVE_CHANNEL, type Notice } from './notices.ts';

/** Says which triggers changed, so that the webhook listener forgets what it remembers of them. */
export const TRIGGER_CHANNEL = 'linkflow_triggers';

/**
 * The one LISTEN connection of a web process, fanned out in memory. Events: `execution:<id>`, `workflow:<id>` and
 * `workspace:<id>` with a notice; `triggers`; `resync` after the connection was away, when anything may have been missed.
 */
class LiveHub {
  readonly events = new EventEmitter({ captureRejections: false }).setMaxListeners(0);
  private readonly listener = listenTo(
    [LIVE_CHANNEL, TRIGGER_CHANNEL],
    (channel, payload) => this.receive(channel, payload),
    () => this.events.emit('resync'),
  );

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

  stop(): Promise<void> {
    return this.listener.stop();
  }
}

const home = globalThis as typeof globalThis & { linkflowLiveHub?: LiveHub };

/** Started on first use; kept on globalThis because Next bundles its own copy of this module. */
export const liveHub = (): LiveHub => (home.linkflowLiveHub ??= new LiveHub());

export type LiveTopic = `execution:${string}` | `workflow:${string}` | `workspace:${string}`;

export interface Subscription {
  /** The next notice; null: something may have been missed, look at the rows; undefined: the signal aborted or it was closed. */
  next(): Promise<Notice | null | undefined>;
  close(): void;
}

/**
 * Notices of one topic, from this call on. Gives null at least every `pollMs` and after a resync, so that a lost
 * notification costs a poll and never data.
 */
export function subscribe(topic: LiveTopic, signal: AbortSignal, pollMs = 10_000): Subscription {
  const { events } = liveHub();
  const queue = new Map<string, Notice>(); // bounded by the number of executions: the newest notice of each is enough
  let poll = false;
  let open = !signal.aborted;
  let bell = Promise.withResolvers<void>();
  const onNotice = (notice: Notice) => {
    queue.set(notice.executionId, notice);
    bell.resolve();
  };
  const onPoll = () => {
    poll = true;
    bell.resolve();
  };
  const timer = setInterval(onPoll, pollMs);
  const close = () => {
    open = false;
    clearInterval(timer);
    signal.removeEventListener('abort', close);
    events.off(topic, onNotice).off('resync', onPoll);
    bell.resolve();
  };
  signal.addEventListener('abort', close, { once: true });
  events.on(topic, onNotice).on('resync', onPoll);
  return {
    close,
    async next() {
      for (;;) {
        if (!open) return undefined;
        const first = queue.values().next();
        if (!first.done) {
          queue.delete(first.value.executionId);
          return first.value;
        }
        if (poll) {
          poll = false;
          return null;
        }
        bell = Promise.withResolvers();
        await bell.promise;
      }
    },
  };
}
