import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { getPool } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf } from './support/rest-calls.ts';
import { edges, node } from './support/workflows.ts';

ownDatabase();

interface Workflow {
  id: string;
  name: string;
  revision: number;
  draft: { nodes: { id: string }[] };
  liveDiffers: boolean;
}
interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

let ada: Person;
let call: Call;
beforeAll(async () => {
  ada = await createPerson('Ada');
  call = await restOf(ada);
});
const create = async (name: string, ...types: string[]) =>
  (
    await call<Workflow>('POST', '/workflows', {
      name,
      nodes: types.map((type, i) => node(`n${i}`, type)),
      edges: types.length > 1 ? edges('n0>n1') : [],
    })
  ).body;

describe('versions', () => {
  it('are listed newest first, shown with their file, and become the draft again', async () => {
    const { id } = await create('Versions', 'manual-trigger');
    await call('POST', `/workflows/${id}/activate`, { message: 'first' });
    await call('PUT', `/workflows/${id}`, { nodes: [node('other', 'manual-trigger')] });
    await call('POST', `/workflows/${id}/activate`, { message: 'second' });
    const page = (query = '') =>
      call<Page<{ number: number; message: string; current: boolean; createdBy: { name: string } }>>(
        'GET',
        `/workflows/${id}/versions${query}`,
      );
    const first = (await page('?limit=1')).body;
    expect(first.data).toMatchObject([
      { number: 2, message: 'second', current: true, createdBy: { name: 'Ada' } },
    ]);
    const second = (await page(`?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ data: [{ number: 1, current: false }], nextCursor: null });
    const old = await call<{ workflow: Workflow['draft'] }>('GET', `/workflows/${id}/versions/1`);
    expect(old.body.workflow.nodes.map((one) => one.id)).toEqual(['n0']);
    expect((await call('GET', `/workflows/${id}/versions/3`)).status).toBe(404);
    expect((await call('GET', `/workflows/${id}/versions/x`)).status).toBe(400);
    const restored = await call<Workflow>('POST', `/workflows/${id}/versions/1/restore`);
    expect(restored.body.draft.nodes.map((one) => one.id)).toEqual(['n0']);
    expect(restored.body.liveDiffers).toBe(true);
    const late = await call('POST', `/workflows/${id}/versions/2/restore`, {}, { 'if-match': '"1"' });
    expect(late.status).toBe(409);
  });
});

describe('statistics', () => {
  it('count 30 days by status and say how long half and most of them took', async () => {
    const { id } = await create('Busy', 'manual-trigger');
    const insert = (status: string, daysAgo: number, ms: number | null) =>
      getPool().query(
        `insert into execution (id, workspace_id, workflow_id, version_id, status, mode, trigger, queued_at, started_at, finished_at)
         select $1, $2, $3, $1, $4::execution_status, 'api', '{}', t, t, t + make_interval(secs => $6::float8 / 1000)
         from (select now() - make_interval(days => $5) as t) times`,
        [newId(), ada.workspaceId, id, status, daysAgo, ms],
      );
    for (let ms = 1; ms <= 100; ms++) await insert('completed', 1, ms);
    for (let i = 0; i < 3; i++) await insert('failed', 2, 10_000);
    await insert('timeout', 2, 10_000);
    await insert('completed', 31, 99_999);
    const active = newId();
    await getPool().query(
      `with e as (insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger) values ($1, $2, $3, $1, 'api', '{}'))
       insert into active_execution (execution_id, workspace_id, workflow_id, status) values ($1, $2, $3, 'running')`,
      [active, ada.workspaceId, id],
    );
    const expected = {
      days: 30,
      executions: 105,
      complete: true,
      byStatus: { completed: 100, failed: 3, timeout: 1, running: 1, queued: 0, cancelled: 0 },
      failureRate: 4 / 104,
    };
    const { body } = await call<{ durationMs: { p50: number; p95: number } }>(
      'GET',
      `/workflows/${id}/statistics`,
    );
    expect(body).toMatchObject(expected);
    expect(body.durationMs.p50).toBeGreaterThanOrEqual(51);
    expect(body.durationMs.p50).toBeLessThanOrEqual(53);
    expect(body.durationMs.p95).toBeLessThanOrEqual(100);
    expect((await call('GET', `/executions/workflows/${id}/statistics`)).body).toEqual(body);
    const full = await call('GET', `/workflows/${id}/full`);
    expect(full.body).toMatchObject({ name: 'Busy', published: null, versions: [], statistics: expected });
  });

  it('of a workflow that never ran are zeros', async () => {
    const { id } = await create('Idle', 'manual-trigger');
    expect((await call('GET', `/workflows/${id}/statistics`)).body).toMatchObject({
      ...{ executions: 0, failureRate: null, durationMs: { p50: null, p95: null }, lastQueuedAt: null },
    });
  });
});

describe('the list', () => {
  const names = async (query: string) =>
    (await call<Page<Workflow>>('GET', `/workflows?${query}`)).body.data.map(({ name }) => name);

  it('is sorted and filtered as asked, page by page', async () => {
    const bob = await createPerson('Bob');
    call = await restOf(bob);
    for (const name of ['bravo', 'alpha', 'charlie'])
      await create(name, name === 'alpha' ? 'webhook-trigger' : 'schedule-trigger');
    expect(await names('sort=name')).toEqual(['alpha', 'bravo', 'charlie']);
    expect(await names('sort=-name')).toEqual(['charlie', 'bravo', 'alpha']);
    expect(await names('sort=createdAt')).toEqual(['bravo', 'alpha', 'charlie']);
    expect(await names('')).toEqual(['charlie', 'alpha', 'bravo']);
    expect(await names('trigger=schedule&sort=name')).toEqual(['bravo', 'charlie']);
    expect(await names('trigger=webhook')).toEqual(['alpha']);
    expect(await names('trigger=email')).toEqual([]);
    for (const sort of ['name', '-name', 'createdAt', '-updatedAt']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      do {
        const page: { body: Page<Workflow> } = await call<Page<Workflow>>(
          'GET',
          `/workflows?sort=${sort}&limit=1${cursor ? `&cursor=${cursor}` : ''}`,
        );
        seen.push(...page.body.data.map(({ name }) => name));
        cursor = page.body.nextCursor;
      } while (cursor && seen.length < 9);
      expect([sort, seen]).toEqual([sort, await names(`sort=${sort}`)]);
    }
    const { body } = await call<Page<Workflow>>('GET', '/workflows?sort=name&limit=1');
    expect((await call('GET', `/workflows?sort=-name&cursor=${body.nextCursor}`)).status).toBe(400);
    expect((await call('GET', '/workflows?cursor=x')).status).toBe(400);
    expect((await call('GET', '/workflows?sort=size')).status).toBe(400);
  });
});

describe('a file', () => {
  it('is checked without being stored', async () => {
    const before = (await call<Page<Workflow>>('GET', '/workflows')).body.data.length;
    const good = await call('POST', '/workflows/validate', { nodes: [node('a', 'manual-trigger')] });
    expect(good.body).toEqual({ valid: true, issues: [] });
    const bad = await call<{ valid: boolean; issues: { code: string; nodeId?: string }[] }>(
      'POST',
      '/workflows/validate',
      { nodes: [node('a', 'nothing'), node('b', 'http-request', {}, { credentials: { auth: newId() } })] },
    );
    expect(bad.body.valid).toBe(false);
    expect(bad.body.issues.map(({ code, nodeId }) => `${code} ${nodeId}`)).toEqual(
      expect.arrayContaining(['unknown-type a', 'unknown-credential b']),
    );
    const shape = await call<{ detail: string }>('POST', '/workflows/validate', { nodes: [{ id: 'a' }] });
    expect([shape.status, shape.body.detail]).toEqual([400, expect.stringMatching(/^nodes\.0\./)]);
    expect((await call<Page<Workflow>>('GET', '/workflows')).body.data).toHaveLength(before);
  });

  it('is copied under either name', async () => {
    const { id } = await create('Original', 'manual-trigger');
    for (const way of ['clone', 'duplicate']) {
      const copy = await call<Workflow>('POST', `/workflows/${id}/${way}`);
      expect([copy.status, copy.body.name]).toEqual([201, 'Original (copy)']);
    }
  });
});
