import type { Deliveries, Faults } from './deliveries.ts';
import type { CardOutcome } from './payment-methods.ts';
import type { Sandbox, Settings } from './sandbox.ts';
import { passTime } from './time.ts';
import type { Trouble, Troubles } from './trouble.ts';

/** What a test does to the sandbox, as functions; `/_test/<name>` takes the same as JSON. */
export interface Control {
  /** Unix seconds, or a number of seconds from now. Answers when all events of that time are delivered. */
  clock(to: { to: number } | { seconds: number }): Promise<{ now: number }>;
  settings(changes: Partial<Settings>): Settings;
  endpoint(endpoint: { url: string; secret?: string }): { secret: string };
  /** Replaces the faults of before; nothing means none. */
  faults(faults: Partial<Faults>): Promise<Faults>;
  release(order?: { seed?: number }): Promise<{ held: number }>;
  resend(event: { id: string }): Promise<{ attempts: number }>;
  /** An event about a customer whom nobody knows, like those of another system on the same account. */
  foreignEvent(event: { type: string }): Promise<{ id: string }>;
  /** What a saved card does from now on. */
  card(card: { customer: string; outcome: CardOutcome }): { cards: number };
  trouble(trouble: Trouble): { planned: true };
  settled(): Promise<{ attempts: unknown[]; held: string[] }>;
}

export function createControl(sandbox: Sandbox, deliveries: Deliveries, troubles: Troubles): Control {
  return {
    async clock(to) {
      passTime(sandbox, 'to' in to ? to.to : sandbox.now + to.seconds);
      deliveries.releaseDue();
      await deliveries.settled();
      return { now: sandbox.now };
    },
    settings: (changes) => Object.assign(sandbox.settings, changes),
    endpoint: ({ url, secret }) => ({ secret: deliveries.addEndpoint(url, secret).secret }),
    async faults(faults) {
      await deliveries.settled();
      deliveries.setFaults(faults);
      return deliveries.faults;
    },
    async release(order = {}) {
      deliveries.release(order.seed);
      await deliveries.settled();
      return { held: deliveries.held().length };
    },
    async resend({ id }) {
      deliveries.resend(sandbox.events.get(id));
      await deliveries.settled();
      return { attempts: deliveries.attempts.length };
    },
    async foreignEvent({ type }) {
      const event = sandbox.emit(type, foreignObject(sandbox, type));
      await deliveries.settled();
      return { id: event.id };
    },
    card({ customer, outcome }) {
      const cards = sandbox.paymentMethods.all().filter((method) => method.customer === customer);
      for (const { id } of cards) sandbox.cardOutcomes.set(id, outcome);
      return { cards: cards.length };
    },
    trouble(trouble) {
      troubles.plan(trouble);
      return { planned: true };
    },
    async settled() {
      await deliveries.settled();
      return { attempts: deliveries.attempts, held: deliveries.held() };
    },
  };
}

/** Like the newest object of its kind, but of somebody else. */
function foreignObject(sandbox: Sandbox, type: string): object {
  const kind = type.startsWith('invoice.') ? sandbox.invoices : sandbox.subscriptions;
  const sample = kind.newestFirst()[0] ?? {
    object: type.startsWith('invoice.') ? 'invoice' : 'subscription',
    metadata: {},
  };
  const prefix = type.startsWith('invoice.') ? 'in' : 'sub';
  return {
    ...structuredClone(sample),
    id: `${prefix}_of_somebody_else`,
    customer: 'cus_of_somebody_else',
    metadata: {},
  };
}
