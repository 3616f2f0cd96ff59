import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '#engine/events.ts';
import { compileGraph } from '#engine/graph.ts';
import { run } from '#engine/run.ts';
import { noServices } from '#engine/testing.ts';
import { type Workflow, type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { executorCatalog } from '#nodes/executors.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { db, getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { cancelExecution } from '#server/executions/commands.ts';
import { getExecution } from '#server/executions/queries.ts';
import { wakeExecutionIn } from '#server/executions/wake.ts';
import { listen } from '#server/http/listener.ts';
import { waitForEnd } from '#server/live/stream.ts';
import { handleRest } from '#server/rest/handler.ts';
import { expireCall, readCalls, recordCall } from '#server/waits/calls.ts';
import { approvalUrl, linksOf, resumeUrl } from '#server/waits/links.ts';
import { snapshot } from '#server/workflows/versions.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { type Sink, startSink } from './support/sink.ts';
import { until } from './support/until.ts';
import { edges, node, set } from './support/workflows.ts';

ownDatabase();

let ada: Person;
let web: http.Server;
let origin: string;
let sink: Sink;
beforeAll(async () => {
  ada = await createPerson('Ada');
  sink = await startSink();
  web = http.createServer(listen(async (_request, response) => void response.writeHead(599).end()));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(async () => {
  web.closeAllConnections();
  await new Promise((resolve) => web.close(resolve));
  await sink.close();
});

const APPROVAL: WorkflowInput = {
  name: 'Pay invoices',
  nodes: [
    node('start', 'manual-trigger'),
    node('ask', 'approval', {
      title: 'Pay {{ $json.total }} €?',
      message: '<b>{{ $json.customer }}</b>',
      details: [{ name: 'Customer', value: '{{ $json.customer }}' }],
      expires: true,
      expiresAmount: 1,
      expiresUnit: 'hours',
    }),
    set('yes', 'paid', true),
    set('no', 'paid', false),
    set('late', 'paid', null),
  ],
  edges: edges('start>ask', 'ask.approved>yes', 'ask.rejected>no', 'ask.expired>late'),
};
const CALLED: WorkflowInput = {
  name: 'Waits for a call',
  nodes: [
    node('start', 'manual-trigger'),
    node('wait', 'wait', { mode: 'call' }),
    set('after', 'got', '{{ $json.body.n }}'),
  ],
  edges: edges('start>wait', 'wait>after'),
};
const INPUT = { total: 12, customer: 'Bob' };

interface Parked {
  id: string;
  workflow: Workflow;
  events: EngineEvent[];
}

/** An execution as a worker leaves it that has nothing to do for now; without a worker, so that nobody takes it up. */
async function park(file: WorkflowInput, owner = ada): Promise<Parked> {
  const workflow = workflowSchema.parse(file);
  const created = await owner.caller().workflows.create({ name: workflow.name, workflow });
  const versionId = await snapshot(db(), created.id, workflow, owner.userId);
  const { executionId } = await acceptExecution({
    workspaceId: owner.workspaceId,
    workflowId: created.id,
    versionId,
    mode: 'manual',
    trigger: { nodeId: 'start', items: [{ json: INPUT }] },
  });
  const parked: Parked = { id: executionId, workflow, events: [] };
  expect(await goOn(parked)).toBe('waiting');
  return parked;
}

/** Runs it from its journal with the calls that are known by now, and writes the journal on. */
async function goOn({ id, workflow, events }: Parked, now = Date.now): Promise<string> {
  const fresh: EngineEvent[] = [];
  const { outcome } = await run(
    {
      graph: compileGraph(workflow, executorCatalog),
      execution: { id, mode: 'manual' },
      workflow: { id: 'w', name: workflow.name, active: true },
      triggerItems: [{ json: INPUT }],
      pinned: {},
      vars: {},
      env: {},
      links: linksOf(id),
    },
    {
      clock: {
        now,
        sleep: (_ms, signal) =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
        yield: () => new Promise((resolve) => setImmediate(resolve)),
      },
      random: Math.random,
      journal: { append: (more) => void fresh.push(...more), checkpoint: () => Promise.resolve() },
      catalog: executorCatalog,
      services: { ...noServices, now, random: Math.random },
    },
    {
      startNodeId: 'start',
      history: [...events],
      calls: { known: await readCalls(id), listen: () => undefined, expire: (ref) => expireCall(id, ref) },
    },
  );
  events.push(...fresh);
  const lastSeq = events.at(-1)!.seq;
  await getPool().query('insert into journal_chunk (execution_id, last_seq, events) values ($1, $2, $3)', [
    id,
    lastSeq,
    JSON.stringify(fresh),
  ]);
  if (outcome.status === 'waiting')
    await getPool().query(
      `update active_execution set status = 'waiting', last_seq = $2, wakes = 0 where execution_id = $1`,
      [id, lastSeq],
    );
  else await getPool().query('delete from active_execution where execution_id = $1', [id]);
  return outcome.status;
}

const ended = (parked: Parked): string[] =>
  parked.events.flatMap((e) => (e.type === 'node.completed' ? [e.node] : []));
const tokenOf = (url: string) => url.split('/').at(-1)!;
const linkOf = ({ id }: Parked, run = 0) => tokenOf(approvalUrl({ executionId: id, node: 'ask', run }));
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof TRPCError ? `${error.code}: ${error.message}` : String(error)),
  );
const statusOf = async ({ id }: Parked) => {
  const { rows } = await getPool().query(
    'select status, wakes from active_execution where execution_id = $1',
    [id],
  );
  return rows[0] as { status: string; wakes: number } | undefined;
};
const pendingOf = async (person: Person) => (await person.caller().approvals.list()).data;

describe('an approval', () => {
  it('is listed with its question, as text, until somebody decides', async () => {
    const bob = await createPerson('Bob');
    const parked = await park(APPROVAL, bob);
    await park(CALLED, bob); // waits, but asks nobody
    const [open, ...more] = await pendingOf(bob);
    expect(more).toEqual([]);
    expect(open).toMatchObject({
      executionId: parked.id,
      workflowName: 'Pay invoices',
      title: 'Pay 12 €?',
      message: '<b>Bob</b>',
      details: [{ name: 'Customer', value: 'Bob' }],
      url: `${env().APP_URL}/approve/${linkOf(parked)}`,
    });
    expect(open!.until!.getTime() - open!.since.getTime()).toBeGreaterThan(3_500_000);
    expect(await pendingOf(ada)).toEqual([]);

    const answer = await bob.caller().approvals.decide({ id: open!.id, decision: 'approved', comment: 'ok' });
    expect(answer).toMatchObject({ decision: 'approved', by: 'Bob', comment: 'ok' });
    expect(await pendingOf(bob)).toEqual([]); // although the execution has not been taken up yet
    expect(await statusOf(parked)).toMatchObject({ status: 'queued' });
    expect(await goOn(parked)).toBe('completed');
    expect(ended(parked)).toEqual(['start', 'ask', 'yes']);
    const entry = await db().auditEntry.findFirstOrThrow({
      where: { workspaceId: bob.workspaceId, action: 'approval.decide' },
    });
    expect(entry).toMatchObject({ userId: bob.userId, subjectId: parked.id });
  });

  it('is decided by whoever has the link, once', async () => {
    const parked = await park(APPROVAL);
    const token = linkOf(parked);
    const view = await anonymous().approvals.preview({ token });
    expect(view).toMatchObject({ state: 'open', title: 'Pay 12 €?', answer: null });
    const wish = { token, comment: ' too dear ' };
    expect(await anonymous().approvals.decideByLink({ ...wish, decision: 'rejected' })).toMatchObject({
      decision: 'rejected',
      by: null,
      comment: 'too dear',
    });
    expect(await failure(anonymous().approvals.decideByLink({ ...wish, decision: 'approved' }))).toBe(
      'CONFLICT: This has already been rejected.',
    );
    expect(await goOn(parked)).toBe('completed');
    expect(ended(parked)).toEqual(['start', 'ask', 'no']);
    expect(await anonymous().approvals.preview({ token })).toMatchObject({
      state: 'decided',
      answer: { decision: 'rejected', comment: 'too dear' },
    });
    expect(await failure(anonymous().approvals.decideByLink({ ...wish, decision: 'approved' }))).toBe(
      'CONFLICT: This has already been rejected.',
    );
  });

  it('takes one of many decisions that come at the same moment', async () => {
    const parked = await park(APPROVAL);
    const token = linkOf(parked);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        failure(
          anonymous().approvals.decideByLink({ token, decision: i % 2 === 0 ? 'approved' : 'rejected' }),
        ),
      ),
    );
    expect(results.filter((r) => r === 'OK')).toHaveLength(1);
    expect(results.filter((r) => r.startsWith('CONFLICT: This has already been'))).toHaveLength(11);
    const [call] = await readCalls(parked.id);
    const winner = results.indexOf('OK') % 2 === 0 ? 'approved' : 'rejected';
    expect(call!.data).toMatchObject({ decision: winner });
  });

  it('wakes the execution in the transaction of the decision: both happen or neither does', async () => {
    const parked = await park(APPROVAL);
    await db()
      .$transaction(async (tx) => {
        expect(await recordCall(tx, { executionId: parked.id, node: 'ask', run: 0 }, {})).toBe(true);
        await wakeExecutionIn(tx, parked.id);
        throw new Error('the database goes away');
      })
      .catch((error: Error) => expect(error.message).toBe('the database goes away'));
    expect(await statusOf(parked)).toMatchObject({ status: 'waiting' });
    expect(await readCalls(parked.id)).toEqual([]);
    await anonymous().approvals.decideByLink({ token: linkOf(parked), decision: 'approved' });
    expect(await statusOf(parked)).toMatchObject({ status: 'queued' });
  });

  it('expires: then nobody decides, and a decision that came first counts', async () => {
    const parked = await park(APPROVAL);
    const token = linkOf(parked);
    const later = () => Date.now() + 2 * 3_600_000;
    const decided = await park(APPROVAL);
    await anonymous().approvals.decideByLink({ token: linkOf(decided), decision: 'approved' });
    expect(await goOn(decided, later)).toBe('completed');
    expect(ended(decided)).toEqual(['start', 'ask', 'yes']);

    expect(await goOn(parked, later)).toBe('completed');
    expect(ended(parked)).toEqual(['start', 'ask', 'late']);
    expect(await anonymous().approvals.preview({ token })).toMatchObject({ state: 'expired', answer: null });
    expect(await failure(anonymous().approvals.decideByLink({ token, decision: 'approved' }))).toBe(
      'CONFLICT: It is too late to decide: the question has expired.',
    );
  });

  it('is settled by who comes first: the decision or the end of its time', async () => {
    const parked = await park(APPROVAL);
    const run0 = { node: 'ask', run: 0 };
    expect(await expireCall(parked.id, run0)).toBeNull();
    expect(await expireCall(parked.id, run0)).toBeNull();
    expect(
      await failure(anonymous().approvals.decideByLink({ token: linkOf(parked), decision: 'approved' })),
    ).toMatch(/^CONFLICT: It is too late/);
    expect(await readCalls(parked.id)).toEqual([]);
    const other = await park(APPROVAL);
    await anonymous().approvals.decideByLink({ token: linkOf(other), decision: 'approved' });
    expect(await expireCall(other.id, run0)).toMatchObject({ ...run0, data: { decision: 'approved' } });
  });

  it('cannot be decided once the execution was stopped', async () => {
    const parked = await park(APPROVAL);
    await cancelExecution(ada.scope, parked.id);
    const token = linkOf(parked);
    expect(await anonymous().approvals.preview({ token })).toMatchObject({ state: 'closed' });
    expect(await failure(anonymous().approvals.decideByLink({ token, decision: 'approved' }))).toBe(
      'CONFLICT: Nobody waits for this decision any more.',
    );
    expect((await pendingOf(ada)).map((a) => a.executionId)).not.toContain(parked.id);
    expect(await readCalls(parked.id)).toEqual([]);
  });

  it('answers every link that was not made for an open question like a random one', async () => {
    const parked = await park(APPROVAL);
    const NOT_FOUND = 'NOT_FOUND: This approval does not exist.';
    const good = linkOf(parked);
    const tampered = `${good.slice(0, -2)}${good.endsWith('AA') ? 'BB' : 'AA'}`;
    const links = [
      'random',
      tampered,
      linkOf(parked, 1), // signed, but that run never was
      tokenOf(approvalUrl({ executionId: parked.id, node: 'yes', run: 0 })),
      tokenOf(resumeUrl(parked.id)),
    ];
    for (const token of links) {
      expect(await failure(anonymous().approvals.preview({ token }))).toBe(NOT_FOUND);
      expect(await failure(anonymous().approvals.decideByLink({ token, decision: 'approved' }))).toBe(
        NOT_FOUND,
      );
    }
    expect(await readCalls(parked.id)).toEqual([]);
  });

  it('is seen by viewers, decided by members, and unknown to strangers', async () => {
    const carl = await createPerson('Carl');
    const parked = await park(APPROVAL, carl);
    const [open] = await pendingOf(carl);
    const viewer = await createPerson('Vera');
    await db().member.create({
      data: { workspaceId: carl.workspaceId, userId: viewer.userId, role: 'viewer' },
    });
    const asViewer = viewer.caller(carl.workspaceId).approvals;
    expect((await asViewer.list()).data).toMatchObject([{ id: open!.id, url: null }]);
    const wish = { id: open!.id, decision: 'approved' as const };
    expect(await failure(asViewer.decide(wish))).toMatch(/^FORBIDDEN/);
    expect(await failure(ada.caller().approvals.decide(wish))).toBe(
      'NOT_FOUND: This approval does not exist.',
    );
    expect(await failure(anonymous().approvals.decide(wish))).toMatch(/^UNAUTHORIZED/);
    expect(await readCalls(parked.id)).toEqual([]);
  });

  it('is an endpoint of the REST API', async () => {
    const dora = await createPerson('Dora');
    const parked = await park(APPROVAL, dora);
    const { key } = await createApiKey(dora.scope, {
      name: 'k',
      scopes: ['executions:read', 'executions:write'],
    });
    const call = (method: string, path: string, body?: object) =>
      handleRest(
        new Request(`http://localhost/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    const list = (await (await call('GET', '/approvals')).json()) as { data: { id: string }[] };
    expect(list.data).toHaveLength(1);
    const path = `/approvals/${list.data[0]!.id}/decide`;
    expect((await call('POST', path, { decision: 'maybe' })).status).toBe(400);
    const decided = await call('POST', path, { decision: 'approved' });
    expect(decided.status).toBe(200);
    expect(await decided.json()).toMatchObject({ decision: 'approved', comment: '' });
    const again = await call('POST', path, { decision: 'rejected' });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      detail: expect.stringMatching(/^This has already been approved/),
    });
    expect(await goOn(parked)).toBe('completed');
  });
});

describe('the address of an execution', () => {
  const callIt = (url: string, init: RequestInit = {}) => fetch(url.replace(env().APP_URL, origin), init);

  it('hands the call over as an item, once', async () => {
    const parked = await park(CALLED);
    const url = resumeUrl(parked.id);
    const answer = await callIt(`${url}/suffix?from=test`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"n": 7}',
    });
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'resumed' }]);
    expect((await callIt(url)).status).toBe(409);
    expect(await statusOf(parked)).toMatchObject({ status: 'queued' });
    expect(await goOn(parked)).toBe('completed');
    const completed = parked.events.find((e) => e.type === 'node.completed' && e.node === 'wait');
    expect(completed).toMatchObject({
      outputs: {
        main: [
          {
            json: {
              method: 'PUT',
              query: { from: 'test' },
              body: { n: 7 },
              headers: expect.objectContaining({ 'content-type': 'application/json' }),
            },
          },
        ],
      },
    });
    expect((await callIt(url)).status).toBe(409);
  });

  it('is not resumed by what only looks at the link', async () => {
    const parked = await park(CALLED);
    const url = resumeUrl(parked.id);
    const preview = await callIt(url, { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } });
    expect(preview.status).toBe(204);
    expect((await callIt(url, { method: 'HEAD' })).status).toBe(405);
    expect((await callIt(url, { method: 'OPTIONS' })).status).toBe(405);
    expect(await readCalls(parked.id)).toEqual([]);
    expect((await callIt(url)).status).toBe(200);
  });

  it('does not decide an approval, nor does an approval link resume', async () => {
    const parked = await park(APPROVAL);
    expect((await callIt(resumeUrl(parked.id))).status).toBe(409);
    const link = approvalUrl({ executionId: parked.id, node: 'ask', run: 0 });
    expect((await callIt(`${env().APP_URL}/webhooks/resume/${tokenOf(link)}`)).status).toBe(404);
    expect((await callIt(`${env().APP_URL}/webhooks/resume/random`)).status).toBe(404);
    expect(await readCalls(parked.id)).toEqual([]);
  });

  it('refuses what is no JSON although it says so, and keeps waiting', async () => {
    const parked = await park(CALLED);
    const url = resumeUrl(parked.id);
    const headers = { 'content-type': 'application/json' };
    expect((await callIt(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect(await readCalls(parked.id)).toEqual([]);
  });

  it('goes to the run that began to wait last, and the next call to the one before', async () => {
    const parked = await park({
      name: 'two waits',
      nodes: [
        node('start', 'manual-trigger'),
        node('first', 'wait', { mode: 'call' }),
        node('pause', 'wait', { amount: 1, unit: 'hours' }),
        node('second', 'wait', { mode: 'call' }),
      ],
      edges: edges('start>first', 'start>pause', 'pause>second'),
    });
    expect(await goOn(parked, () => Date.now() + 2 * 3_600_000)).toBe('waiting');
    const url = resumeUrl(parked.id);
    expect((await callIt(`${url}?n=1`)).status).toBe(200);
    expect((await callIt(`${url}?n=2`)).status).toBe(200);
    expect((await callIt(url)).status).toBe(409);
    const calls = await readCalls(parked.id);
    expect(calls.map((c) => [c.node, (c.data as { query: { n: string } }).query.n]).sort()).toEqual([
      ['first', '2'],
      ['second', '1'],
    ]);
  });
});

describe('with a worker', () => {
  let worker: RunningWorker;
  beforeAll(async () => {
    worker = await startWorker();
  });
  afterAll(() => worker.stop());

  const start = async (file: WorkflowInput) => {
    const { id } = await ada
      .caller()
      .workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });
    const { executionId } = await ada.caller().executions.start({ id, input: INPUT });
    return executionId;
  };
  const openOf = (executionId: string) =>
    expect
      .poll(async () => (await pendingOf(ada)).find((a) => a.executionId === executionId), {
        timeout: 10_000,
      })
      .toBeTruthy()
      .then(async () => (await pendingOf(ada)).find((a) => a.executionId === executionId)!);

  it('asks, tells an address once, sleeps, and goes on with the decision', async () => {
    const ask = node('ask', 'approval', { title: 'Go?', notifyUrl: `${sink.url}/asked` });
    const executionId = await start({
      name: 'notified',
      nodes: [node('start', 'manual-trigger'), ask, set('yes', 'ok', '{{ $json.approval.by }}')],
      edges: edges('start>ask', 'ask.approved>yes'),
    });
    await until('the notification', 10, async () => sink.count('/asked') === 1);
    const { approvalUrl: url, title } = JSON.parse(sink.calls.find((c) => c.path === '/asked')!.body);
    expect(title).toBe('Go?');
    const open = await openOf(executionId);
    expect(open.url).toBe(url);
    await expect.poll(async () => (await getExecution(ada.scope, executionId)).status).toBe('waiting');
    expect(await anonymous().approvals.preview({ token: tokenOf(url) })).toMatchObject({ state: 'open' });
    await ada.caller().approvals.decide({ id: open.id, decision: 'approved' });
    await waitForEnd(ada.scope, executionId, 10_000);
    const execution = await getExecution(ada.scope, executionId);
    expect(execution.status).toBe('completed');
    expect(execution.nodes.yes?.[0]?.outputs.main).toMatchObject([{ json: { ok: 'Ada', total: 12 } }]);
    expect(sink.count('/asked')).toBe(1);
  });

  it('wakes a run whose execution is busy elsewhere', async () => {
    const release = sink.hold('/slow');
    const executionId = await start({
      name: 'busy',
      nodes: [
        node('start', 'manual-trigger'),
        node('ask', 'approval', { title: 'Go?' }),
        node('slow', 'http-request', { method: 'GET', url: `${sink.url}/slow` }),
        node('yes', 'http-request', { method: 'POST', url: `${sink.url}/yes` }),
      ],
      edges: edges('start>ask', 'start>slow', 'ask.approved>yes'),
    });
    try {
      const open = await openOf(executionId);
      await ada.caller().approvals.decide({ id: open.id, decision: 'approved' });
      await until('the call after the approval', 10, async () => sink.count('/yes') === 1); // beside the branch that hangs
    } finally {
      release();
    }
    await waitForEnd(ada.scope, executionId, 10_000);
    expect((await getExecution(ada.scope, executionId)).status).toBe('completed');
  });

  it('knows its address, and goes on when it is called', async () => {
    const executionId = await start({
      name: 'callback',
      nodes: [
        node('start', 'manual-trigger'),
        node('tell', 'http-request', {
          method: 'POST',
          url: `${sink.url}/callback`,
          body: 'json',
          jsonBody: { url: '{{ $execution.resumeUrl }}' },
        }),
        node('wait', 'wait', { mode: 'call' }),
        set('after', 'n', '{{ $json.body.n }}'),
      ],
      edges: edges('start>tell', 'tell>wait', 'wait>after'),
    });
    await sink.called('/callback');
    const { url } = JSON.parse(sink.calls.find((c) => c.path === '/callback')!.body) as { url: string };
    expect(url).toBe(resumeUrl(executionId));
    await expect.poll(async () => (await getExecution(ada.scope, executionId)).status).toBe('waiting');
    const answer = await fetch(url.replace(env().APP_URL, origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"n": 3}',
    });
    expect(answer.status).toBe(200);
    await waitForEnd(ada.scope, executionId, 10_000);
    expect((await getExecution(ada.scope, executionId)).nodes.after?.[0]?.outputs.main).toMatchObject([
      { json: { n: 3 } },
    ]);
  });

  it('goes on by itself when nobody decides in time', async () => {
    const ask = node('ask', 'approval', {
      title: 'Go?',
      expires: true,
      expiresAmount: 1,
      expiresUnit: 'seconds',
    });
    const executionId = await start({
      name: 'expires',
      nodes: [node('start', 'manual-trigger'), ask, set('late', 'ok', false)],
      edges: edges('start>ask', 'ask.expired>late'),
    });
    await waitForEnd(ada.scope, executionId, 10_000);
    const execution = await getExecution(ada.scope, executionId);
    expect(execution.nodes.late).toHaveLength(1);
    const token = tokenOf(approvalUrl({ executionId, node: 'ask', run: 0 }));
    expect(await anonymous().approvals.preview({ token })).toMatchObject({ state: 'expired' });
  });
});
