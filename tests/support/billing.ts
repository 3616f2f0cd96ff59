import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { applyEvents } from '#server/billing/apply-events.ts';
import { followWorkspace } from '#server/billing/follow.ts';
import { receiveEvent } from '#server/billing/receive-event.ts';
import { setUpStripe } from '#server/billing/setup.ts';
import { db, getPool } from '#server/db.ts';
import { jobs } from '#server/queue/jobs.ts';
import { type StripeServer, startStripeServer } from '../../e2e/fakes/stripe/server.ts';
import { createPerson, type Person } from './people.ts';

export const WEBHOOK_SECRET = 'whsec_of_this_test';
export const CARD = { number: '4242 4242 4242 4242', email: 'ada@example.com', name: 'Ada', country: 'US' };
export const DAY = 86_400;

export interface BillingWorld {
  fake: StripeServer;
  /** Another client of the same account, for what people do in Stripe’s dashboard. */
  stripe: Stripe;
  /** Where events arrive. */
  door: string;
  /** Until all events are delivered and all jobs of billing done. */
  settle(): Promise<void>;
  /** Somebody whose workspace has this plan. */
  subscriber(choice?: { plan?: 'pro' | 'business'; interval?: 'month' | 'year' }): Promise<Subscriber>;
  stop(): Promise<void>;
}

export interface Subscriber extends Person {
  customerId: string;
}

/** A Stripe with our prices, and a door for its events; its clock begins at `now` (seconds) instead of today. To be started after `ownDatabase`, before anything reads the environment. */
export async function startBilling({ now }: { now?: number } = {}): Promise<BillingWorld> {
  const door = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${(door.address() as AddressInfo).port}/api/stripe`;
  const fake = await startStripeServer({
    catalog: { plans: [], metered: [] },
    webhook: { url, secret: WEBHOOK_SECRET },
    retryDelaysMs: [],
    ...(now === undefined ? {} : { now }),
  });
  process.env.STRIPE_SECRET_KEY = fake.key;
  process.env.STRIPE_WEBHOOK_SECRET = WEBHOOK_SECRET;
  process.env.STRIPE_API_URL = fake.origin;
  await setUpStripe();
  const settle = async () => {
    // what a job changes in Stripe makes events of its own
    for (let before = -1; before !== fake.deliveries.attempts.length; ) {
      before = fake.deliveries.attempts.length;
      await fake.control.settled();
      await runJobs();
      await fake.control.settled();
    }
  };
  return {
    fake,
    stripe: new Stripe(fake.key, { ...fake.client, maxNetworkRetries: 0 }),
    door: url,
    settle,
    async subscriber({ plan = 'pro', interval = 'month' } = {}) {
      const person = await createPerson('Payer');
      // no trial, so that there is something to pay
      await person.caller().billing.checkout({ plan, interval });
      const { workspaceId } = person;
      await db().subscription.update({ where: { workspaceId }, data: { trialUsedAt: new Date(0) } });
      await pay((await person.caller().billing.checkout({ plan, interval })).url);
      await settle();
      const { customerId } = await db().subscription.findUniqueOrThrow({ where: { workspaceId } });
      return { ...person, customerId };
    },
    async stop() {
      await fake.stop();
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
    },
  };
}

/** What a person does on Stripe’s page. Answers where they are sent then. */
export async function pay(url: string, card: Record<string, string> = CARD): Promise<string | null> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' });
  return answer.headers.get('location');
}

export const rowOf = ({ workspaceId }: Person) =>
  db().subscription.findUniqueOrThrow({ where: { workspaceId } });
export const planOf = async ({ workspaceId }: Person) =>
  (await db().workspace.findUniqueOrThrow({ where: { id: workspaceId } })).plan;

const TASKS: Record<string, (payload: unknown) => Promise<void>> = {
  'apply-stripe-events': (payload) => applyEvents(jobs['apply-stripe-events'].parse(payload).customerId),
  'update-billing': (payload) => followWorkspace(jobs['update-billing'].parse(payload).workspaceId),
};
const TAKE = `
  update graphile_worker._private_jobs set locked_at = now(), locked_by = 'test', attempts = attempts + 1
  where id = (select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = any($1) and j.locked_at is null and j.attempts = 0 order by j.id limit 1)
  returning id, payload, (select identifier from graphile_worker._private_tasks where id = task_id) as name`;

/** All billing jobs that are due, one after the other as a worker does them. Those that fail stay, and are not tried again. */
export async function runJobs(): Promise<void> {
  for (;;) {
    const { rows } = await getPool().query<{ id: string; payload: unknown; name: string }>(TAKE, [
      Object.keys(TASKS),
    ]);
    const [job] = rows;
    if (!job) return;
    const failed = await TASKS[job.name]!(job.payload).then(
      () => false,
      () => true,
    );
    await getPool().query(
      failed
        ? 'update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = $1'
        : 'delete from graphile_worker._private_jobs where id = $1',
      [job.id],
    );
  }
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const said = await receiveEvent(
    new Request('http://localhost/api/stripe', {
      method: 'POST',
      headers: { 'stripe-signature': String(request.headers['stripe-signature'] ?? '') },
      body: new Uint8Array(Buffer.concat(chunks)),
    }),
  );
  response.writeHead(said.status).end(await said.text());
}
