import { log } from '#server/log.ts';
import { claimMailbox, MAX_PER_WORKSPACE, type MailLease } from '#server/triggers/mail-lease.ts';
import { MAIL_LEASE_MS, pollMailbox } from '#server/triggers/mail-poll.ts';
import { type Repeating, repeat } from './loops.ts';

const LOOK_EVERY_MS = 1_000;
/** Mailboxes that one worker looks into at the same time; a slow one takes a place for up to two minutes. */
const MAX_AT_A_TIME = 8;

/** Looks into the mailboxes of triggers when they are due. */
export function watchMailboxes(): Repeating {
  const running = new Map<MailLease, Promise<void>>();
  const ending = new AbortController();

  const start = (lease: MailLease): void => {
    const look = pollMailbox(lease, ending.signal)
      .catch((error: unknown) =>
        log.warn(
          { workflowId: lease.workflowId, error: (error as Error).message },
          'looking into a mailbox failed',
        ),
      )
      .finally(() => running.delete(lease));
    running.set(lease, look);
  };

  const loop = repeat('mailboxes', LOOK_EVERY_MS, async () => {
    while (running.size < MAX_AT_A_TIME && !ending.signal.aborted) {
      const lease = await claimMailbox(Date.now(), MAIL_LEASE_MS, busyWorkspaces([...running.keys()]));
      if (!lease) return;
      start(lease);
    }
  });

  return {
    async stop() {
      ending.abort(new Error('The worker ends'));
      await loop.stop();
      await Promise.all(running.values());
    },
  };
}

function busyWorkspaces(leases: readonly MailLease[]): string[] {
  const counts = new Map<string, number>();
  for (const { workspaceId } of leases) counts.set(workspaceId, (counts.get(workspaceId) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= MAX_PER_WORKSPACE).map(([id]) => id);
}
