import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getPool } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { createLeases } from '#server/executions/lease.ts';
import { EXECUTION_TIERS, type ExecutionTier } from '#server/executions/schema.ts';
import { hasSuspects, sweep } from '#server/executions/sweep.ts';
import { queueDueExecutions, wakeExecution } from '#server/executions/wake.ts';
import { getRunnableVersion } from '#server/workflows/versions.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { node } from './support/workflows.ts';

ownDatabase();

let ada: Person;
let bob: Person;
beforeAll(async () => {
  ada = await createPerson();
  bob = await createPerson();
});
beforeEach(async () => {
  await getPool().query('truncate active_execution');
  await getPool().query('update workspace set concurrency = null, weight = 1');
});

type Settings = NonNullable<WorkflowInput['settings']>;

/** Puts `count` executions of a new workflow with these settings in the queue; gives their ids in order. */
async function enqueue(person: Person, count: number, settings: Settings = {}, awaited = false) {
  const workflow = workflowSchema.parse({
    name: 'queued',
    nodes: [node('start', 'manual-trigger')],
    settings,
  });
  const { id: workflowId } = await person.caller().workflows.create({ name: workflow.name, workflow });
  const { versionId } = await getRunnableVersion(person.scope, workflowId, 'draft');
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const { executionId } = await acceptExecution({
      workspaceId: person.workspaceId,
      workflowId,
      versionId,
      mode: 'webhook',
      awaited,
      trigger: { nodeId: 'start', items: [{ json: {} }] },
    });
    ids.push(executionId);
  }
  return ids;
}

const worker = (name = 'w', tiers: readonly ExecutionTier[] = EXECUTION_TIERS) => createLeases(name, tiers);
async function claim(slots: number, by = worker(), share = 1000): Promise<string[]> {
  return (await by.claim(slots, share)).leases.map((lease) => lease.id);
}
const end = (ids: readonly string[]) =>
  getPool().query('delete from active_execution where execution_id = any($1::uuid[])', [ids]);

describe('order', () => {
  it('is fair between workspaces: a flood does not delay the other one', async () => {
    const flood = await enqueue(ada, 30);
    const [one] = await enqueue(bob, 1);
    const taken = await claim(4);
    expect(taken).toContain(one);
    expect(taken.filter((id) => flood.includes(id))).toHaveLength(3);
    expect(await claim(3)).toEqual(expect.arrayContaining(flood.slice(3, 6)));
  });

  it('gives a workspace of twice the weight twice the slots', async () => {
    await enqueue(ada, 30);
    const bobs = await enqueue(bob, 30);
    await getPool().query('update workspace set weight = 2 where id = $1', [bob.workspaceId]);
    const taken = await claim(12);
    expect(taken.filter((id) => bobs.includes(id))).toHaveLength(8);
  });

  it('counts what runs already', async () => {
    await enqueue(ada, 10);
    await claim(10);
    const more = await enqueue(ada, 5);
    const bobs = await enqueue(bob, 5);
    expect((await claim(5)).sort()).toEqual([...bobs].sort());
    expect((await claim(5)).sort()).toEqual([...more].sort());
  });

  it('inside a workspace goes by tier, then priority, then age', async () => {
    const [low] = await enqueue(ada, 1, { priority: 'low' });
    const normal = await enqueue(ada, 2);
    const [high] = await enqueue(ada, 1, { priority: 'high' });
    const [awaited] = await enqueue(ada, 1, {}, true);
    const taken: string[] = [];
    for (let i = 0; i < 5; i++) taken.push(...(await claim(1)));
    expect(taken).toEqual([awaited, high, ...normal, low]);
  });
});

describe('limits', () => {
  it('a worker takes only its tiers', async () => {
    const heavy = await enqueue(ada, 2, { tier: 'heavy' });
    const realtime = await enqueue(ada, 1, { tier: 'realtime' });
    const standard = await enqueue(ada, 1);
    expect(await claim(10, worker('r', ['realtime']))).toEqual(realtime);
    expect(await claim(10, worker('s', ['standard']))).toEqual(standard);
    expect((await claim(10, worker('h', ['heavy']))).sort()).toEqual([...heavy].sort());
  });

  it('a workflow never runs more than its concurrency, whoever asks at the same time', async () => {
    const capped = await enqueue(ada, 20, { concurrency: 3 });
    const others = await enqueue(ada, 2);
    const workers = Array.from({ length: 8 }, (_, i) => worker(`w${i}`));
    const taken = (await Promise.all(workers.map((w) => claim(5, w)))).flat();
    expect(taken.filter((id) => capped.includes(id))).toHaveLength(3);
    expect(taken.filter((id) => others.includes(id))).toHaveLength(2); // not held up by those that are
    expect(await claim(5)).toEqual([]);
    await end(taken.filter((id) => capped.includes(id)).slice(0, 1));
    expect(await claim(5)).toHaveLength(1);
  });

  it('a workspace never runs more than its concurrency, whoever asks at the same time', async () => {
    await enqueue(ada, 20);
    await getPool().query('update workspace set concurrency = 4 where id = $1', [ada.workspaceId]);
    const taken = await Promise.all(Array.from({ length: 8 }, (_, i) => claim(5, worker(`w${i}`))));
    expect(taken.flat()).toHaveLength(4);
  });

  it('no workspace gets more than its share of a worker', async () => {
    await enqueue(ada, 20);
    expect(await claim(10, worker('a'), 8)).toHaveLength(8);
    expect(await claim(2, worker('a'), 8)).toEqual([]);
    expect(await claim(10, worker('b'), 8)).toHaveLength(8);
  });

  it('tells whether something is left', async () => {
    await enqueue(ada, 3);
    expect((await worker().claim(2, 1000)).more).toBe(true);
    expect((await worker().claim(2, 1000)).more).toBe(false);
    expect((await worker().claim(2, 1000)).more).toBeNull();
  });

  it('takes each execution once, whoever asks at the same time', async () => {
    const ids = await enqueue(ada, 60);
    const taken = await Promise.all(Array.from({ length: 10 }, (_, i) => claim(10, worker(`w${i}`))));
    expect(taken.flat().sort()).toEqual([...ids].sort());
  });
});

describe('suspects', () => {
  const quarantine = (name = 'q') => createLeases(name, EXECUTION_TIERS, { quarantine: true });
  const crash = async () => {
    await getPool().query(`update active_execution set lease_expires_at = now() - interval '1 second'`);
    return sweep();
  };

  it('go to a quarantine, and nothing else does', async () => {
    const ids = await enqueue(ada, 3);
    for (let i = 0; i < 2; i++) {
      expect(await hasSuspects(EXECUTION_TIERS)).toBe(false);
      expect(await claim(3)).toHaveLength(3);
      await crash();
    }
    expect(await hasSuspects(EXECUTION_TIERS)).toBe(true);
    expect(await hasSuspects([])).toBe(false);
    const [innocent] = await enqueue(ada, 1);
    expect(await claim(3)).toEqual([innocent]);
    expect(await claim(1, quarantine())).toEqual(ids.slice(0, 1));
    expect(await claim(1, quarantine('another'))).toEqual(ids.slice(1, 2));
    expect((await crash()).crashed.sort()).toEqual(ids.slice(0, 2));
    expect(await claim(3)).toEqual([innocent]);
  });

  it('respect the concurrency of their workflow', async () => {
    const [suspect, next] = await enqueue(ada, 2, { concurrency: 1 });
    for (let i = 0; i < 2; i++) {
      expect(await claim(1)).toEqual([suspect]);
      await crash();
    }
    expect(await claim(1)).toEqual([next]);
    expect(await claim(1, quarantine())).toEqual([]);
    await end([next!]);
    expect(await claim(1, quarantine())).toEqual([suspect]);
  });

  it('are back at once, uncounted, when their process ends on purpose', async () => {
    const [id] = await enqueue(ada, 1);
    const leaving = worker('leaving');
    expect(await claim(1, leaving)).toEqual([id]);
    await leaving.giveBack();
    expect(await claim(1)).toEqual([id]);
    const { rows } = await getPool().query('select crashes from active_execution');
    expect(rows).toEqual([{ crashes: 0 }]);
  });
});

describe('waking', () => {
  const statusOf = async (id: string) => {
    const { rows } = await getPool().query<{ status: string; wakes: number }>(
      'select status, wakes from active_execution where execution_id = $1',
      [id],
    );
    return rows[0];
  };
  it('puts back what has slept long enough, and nothing earlier', async () => {
    const [due, later] = await enqueue(ada, 2);
    await getPool().query(
      `update active_execution set status = 'waiting', wake_at = now() + interval '1 hour'`,
    );
    await getPool().query(`update active_execution set wake_at = now() where execution_id = $1`, [due]);
    expect(await queueDueExecutions()).toBe(true);
    expect(await queueDueExecutions()).toBe(false);
    expect((await statusOf(due!))?.status).toBe('queued');
    expect((await statusOf(later!))?.status).toBe('waiting');
  });

  it('of a sleeping execution queues it, of a running one is counted', async () => {
    const [id] = await enqueue(ada, 1);
    await claim(1);
    await wakeExecution(id!);
    expect(await statusOf(id!)).toEqual({ status: 'running', wakes: 1 });
    expect(await worker().requests()).toEqual([{ id, cancel: false, pause: false, wakes: 1 }]);
    await getPool().query(`update active_execution set status = 'waiting', wakes = 0`);
    await wakeExecution(id!);
    expect(await statusOf(id!)).toEqual({ status: 'queued', wakes: 1 });
  });
});
