import { beforeAll, describe, expect, it } from 'vitest';
import { db, getPool } from '#server/db.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf } from './support/rest-calls.ts';
import { edges, node } from './support/workflows.ts';

ownDatabase();

interface Schedule {
  id: string;
  nodeId: string;
  workflowId: string;
  name: string;
  status: string;
  timezone: string;
  rules: object[];
  nextRuns: string[];
  draftDiffers: boolean;
}
interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
type Problem = { detail: string };

let ada: Person;
let call: Call;
beforeAll(async () => {
  ada = await createPerson('Ada');
  call = await restOf(ada);
});

const create = async (more: { activate?: boolean } = {}) => {
  const { body } = await call<{ id: string }>('POST', '/workflows', {
    name: 'Report',
    nodes: [node('hook', 'webhook-trigger'), node('a', 'no-op'), node('b', 'no-op')],
    edges: edges('hook>a', 'hook>b'),
  });
  if (more.activate) await call('POST', `/workflows/${body.id}/activate`);
  return body.id;
};
const add = (workflowId: string, more: object = { cron: '0 9 * * 1-5' }) =>
  call<Schedule>('POST', '/schedules', { workflowId, ...more });
const get = async (id: string) => (await call<Schedule>('GET', `/schedules/${id}`)).body;
const dueNow = (workflowId: string) =>
  getPool().query(
    `update "trigger" set next_run_at = now() - interval '1 second' where workflow_id = $1 and active`,
    [workflowId],
  );
const started = (workflowId: string) => db().execution.count({ where: { workflowId, mode: 'schedule' } });

describe('a schedule', () => {
  it('stands in front of what the first trigger leads to, and is live at once in an active workflow', async () => {
    const workflowId = await create({ activate: true });
    const made = await add(workflowId, { cron: '0 9 * * 1-5', timezone: 'Europe/Berlin', name: 'Mornings' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ name: 'Mornings', status: 'active', timezone: 'Europe/Berlin', draftDiffers: false },
      rules: [{ mode: 'cron', cron: '0 9 * * 1-5' }],
    });
    expect(made.body.nextRuns).toHaveLength(5);
    for (const time of made.body.nextRuns)
      expect(new Date(time).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })).toBe('09:00:00');
    const { body } = await call<{
      draft: { edges: { from: { node: string }; to: { node: string } }[] };
      liveDiffers: boolean;
    }>('GET', `/workflows/${workflowId}`);
    expect(body.liveDiffers).toBe(false);
    const led = body.draft.edges
      .filter(({ from }) => from.node === made.body.nodeId)
      .map(({ to }) => to.node);
    expect(led.sort()).toEqual(['a', 'b']);
    await dueNow(workflowId);
    await fireDueSchedules(Date.now());
    expect(await started(workflowId)).toBe(1);
  });

  it('of a workflow that is off waits for it', async () => {
    const workflowId = await create();
    const made = await add(workflowId, { rule: { mode: 'interval', every: 2, unit: 'hours' } });
    expect(made.body.status).toBe('draft');
    expect((await call('POST', `/schedules/${made.body.id}/pause`)).status).toBe(409);
    await call('POST', `/workflows/${workflowId}/activate`);
    expect((await get(made.body.id)).status).toBe('active');
    await call('POST', `/workflows/${workflowId}/deactivate`);
    expect((await get(made.body.id)).status).toBe('inactive');
  });

  it('stays paused over publishes, deactivations and changes until it is resumed', async () => {
    const workflowId = await create({ activate: true });
    const { id } = (await add(workflowId)).body;
    const fires = async () => {
      const before = await started(workflowId);
      await dueNow(workflowId);
      await fireDueSchedules(Date.now());
      return (await started(workflowId)) - before;
    };
    const paused = await call<Schedule>('POST', `/schedules/${id}/pause`);
    expect(paused.body.status).toBe('paused');
    expect(await fires()).toBe(0);
    await call('POST', `/workflows/${workflowId}/activate`);
    expect([(await get(id)).status, await fires()]).toEqual(['paused', 0]);
    await call('POST', `/workflows/${workflowId}/deactivate`);
    await call('POST', `/workflows/${workflowId}/activate`);
    expect([(await get(id)).status, await fires()]).toEqual(['paused', 0]);
    await call('PUT', `/schedules/${id}`, { cron: '30 7 * * *' });
    expect(await get(id)).toMatchObject({ status: 'paused', rules: [{ cron: '30 7 * * *' }] });
    const resumed = await call<Schedule>('POST', `/schedules/${id}/resume`);
    expect(resumed.body.status).toBe('active');
    expect((await call('POST', `/schedules/${id}/resume`)).status).toBe(409);
    expect(await fires()).toBe(1);
  });

  it('is changed and removed', async () => {
    const workflowId = await create({ activate: true });
    const { id } = (await add(workflowId)).body;
    const changed = await call<Schedule>('PUT', `/schedules/${id}`, { name: 'Evenings', cron: '0 18 * * *' });
    expect(changed.body).toMatchObject({
      name: 'Evenings',
      status: 'active',
      rules: [{ cron: '0 18 * * *' }],
    });
    expect((await call('DELETE', `/schedules/${id}`)).status).toBe(204);
    expect((await call('GET', `/schedules/${id}`)).status).toBe(404);
    expect(await db().trigger.count({ where: { workflowId, type: 'schedule' } })).toBe(0);
  });

  it('does not carry somebody’s unfinished draft into production', async () => {
    const workflowId = await create({ activate: true });
    await call('POST', `/workflows/${workflowId}/nodes`, { type: 'no-op' });
    expect((await add(workflowId)).status).toBe(409);
    expect(await db().workflowVersion.count({ where: { workflowId } })).toBe(1);
  });

  it('is refused when it is never due, says two things, or would move another one', async () => {
    const workflowId = await create();
    const refusals: [object, RegExp][] = [
      [{}, /^cron: say when/],
      [{ cron: '0 9 * * *', rule: { mode: 'interval' } }, /^cron: send one/],
      [{ cron: 'every morning' }, /^rules\.0: /],
      [{ rule: { mode: 'once', at: '2001-01-01T00:00' } }, /^rules\.0: /],
      [{ rule: { mode: 'interval', evry: 3 } }, /^rule/],
    ];
    for (const [input, detail] of refusals) {
      const answer = await add(workflowId, input);
      expect([input, answer.status]).toEqual([input, 400]);
      expect((answer.body as unknown as Problem).detail).toMatch(detail);
    }
    await add(workflowId);
    const moved = await add(workflowId, { cron: '0 9 * * *', timezone: 'Asia/Tokyo' });
    expect([moved.status, (moved.body as unknown as Problem).detail]).toEqual([
      400,
      expect.stringMatching(/^timezone: /),
    ]);
  });
});

describe('the list', () => {
  it('has those of drafts and of what is live, page by page, and nobody else’s', async () => {
    const bob = await createPerson('Bob');
    const his = await restOf(bob);
    expect((await his<Page<Schedule>>('GET', '/schedules')).body.data).toEqual([]);
    const foreign = (await call<Page<Schedule>>('GET', '/schedules')).body.data[0]!;
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['DELETE', ''],
      ['POST', '/pause'],
      ['POST', '/resume'],
    ] as const)
      expect([
        path,
        (await his(method, `/schedules/${foreign.id}${path}`, method === 'PUT' ? {} : undefined)).status,
      ]).toEqual([path, 404]);
    expect(
      (await his('POST', '/schedules', { workflowId: foreign.workflowId, cron: '0 9 * * *' })).status,
    ).toBe(404);
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const page: { body: Page<Schedule> } = await call<Page<Schedule>>(
        'GET',
        `/schedules?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.body.data.map(({ id }) => id));
      cursor = page.body.nextCursor;
    } while (cursor);
    const all = (await call<Page<Schedule>>('GET', '/schedules')).body.data.map(({ id }) => id);
    expect(seen).toEqual(all);
    expect(new Set(all).size).toBeGreaterThan(3);
    const own = await call<Page<Schedule>>('GET', `/schedules?workflowId=${foreign.workflowId}`);
    expect(new Set(own.body.data.map(({ workflowId }) => workflowId))).toEqual(new Set([foreign.workflowId]));
    expect((await call('GET', '/schedules?cursor=x')).status).toBe(400);
    expect((await call('GET', '/schedules/nothing')).status).toBe(404);
  });
});
