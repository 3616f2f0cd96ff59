import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, expect } from '@playwright/test';
import { newId } from '#lib/id.ts';
import { edges, node, set } from '#tests/support/workflows.ts';
import { cli } from './api.ts';
import { type Answer, type Call, call, variantsOf } from './plain-http.ts';
import { VERDICTS, type Verdict } from './route-verdicts.ts';
import { test } from './test.ts';

const root = path.resolve(import.meta.dirname, '..');
const PASSWORD = 'correct horse battery';
const started = Date.now();
/** Is in the names of everything that the owner has. */
const SECRET = `Xyzzy${started}`;

const built = Object.values(
  JSON.parse(readFileSync(path.join(root, '.next/app-path-routes-manifest.json'), 'utf8')) as Record<
    string,
    string
  >,
);
const buildId = readFileSync(path.join(root, '.next/BUILD_ID'), 'utf8');

/** Of the API, for those who have no key yet. */
const OPEN = new Set(
  ['register', 'login', 'refresh', 'logout', 'forgot-password', 'reset-password'].map(
    (name) => `/auth/${name}`,
  ),
);

interface Person {
  workspaceId: string;
  key: string;
  /** The `Cookie` header of their session. */
  cookie: string;
}
let owner: Person;
let stranger: Person;
let viewer: Person;
/** What stands in the places of addresses: the owner’s, and made up. */
let theirs: Record<string, string>;
const madeUp: Record<string, string> = {
  workspaceId: newId(),
  workflowId: newId(),
  executionId: newId(),
  id: newId(),
  credentialId: newId(),
  tableId: newId(),
  name: newId(),
  token: 'A'.repeat(70),
  endpointId: 'A'.repeat(22),
  '...path': 'workflows',
  '...nextauth': 'session',
  trpc: 'workflows.list',
};

test.beforeAll(async ({ browser }) => {
  const operator = `routes-operator-${started}@example.com`;
  cli('user', 'create', '--email', operator, '--password', PASSWORD, '--admin'); // the first user would be one
  owner = await createPerson(browser, 'owner', SECRET);
  stranger = await createPerson(browser, 'stranger', 'Mallory');
  viewer = await createPerson(browser, 'viewer', 'Vera');
  const email = `routes-viewer-${started}@example.com`;
  const { url } = await ask<{ url: string }>(owner, 'members.invite', { email, role: 'viewer' });
  await ask(viewer, 'members.acceptInvitation', { token: url.split('/').at(-1) });
  viewer.workspaceId = owner.workspaceId;
  Object.assign(
    viewer,
    cli('apikey', 'create', '--email', email, '--name', 'v', '--workspace', owner.workspaceId),
  );
  theirs = { ...madeUp, ...(await fill(owner)) };
});

test('every route of the build and of the listener has a verdict, and every verdict a route', () => {
  expect(built.length).toBeGreaterThan(40);
  expect(Object.keys(VERDICTS).sort()).toEqual([...built, ...listenerRoutes()].sort());
});

test('pages of a workspace: strangers see what they would see of one that is not there', async () => {
  for (const route of of('members page')) {
    const [plain, nowhere] = [at(route, theirs), at(route, madeUp)];
    const anonymous = await call(plain);
    expectNothing(anonymous, plain);
    expect([plain, anonymous.status, anonymous.text.includes('Opening the log-in page')]).toEqual([
      plain,
      200,
      true,
    ]);
    const foreign = await call(plain, as(stranger));
    expectNothing(foreign, plain);
    const random = await call(nowhere, as(stranger));
    expect([plain, foreign.status, shownBy(foreign)]).toEqual([plain, 404, shownBy(random)]);
    // both of them do see it
    for (const member of [owner, viewer]) {
      const own = await call(plain, as(member));
      if (route === '/w/[workspaceId]') expect(own.status).toBe(307);
      else expect([plain, own.status, own.text.includes(SECRET)]).toEqual([plain, 200, true]);
    }
  }
});

test('data of a workspace: 401, and 404 as for what is not there', async () => {
  for (const route of of('members data')) {
    const query = route.endsWith('content') ? `?path=${SECRET}.txt` : '';
    const plain = at(route, theirs) + query;
    const answers = {
      anonymous: await call(plain),
      foreign: await call(plain, as(stranger)),
      random: await call(at(route, madeUp) + query, as(stranger)),
      put: await call(plain, { ...as(viewer), method: 'PUT', body: 'x' }),
    };
    for (const answer of Object.values(answers)) expectNothing(answer, plain);
    expect([plain, answers.anonymous.status]).toEqual([plain, 401]);
    expect([plain, answers.foreign.status, problemOf(answers.foreign)]).toEqual([
      plain,
      404,
      problemOf(answers.random),
    ]);
    expect([plain, answers.put.status]).toEqual([plain, route.endsWith('content') ? 403 : 405]);
  }
  const content = `/w/${owner.workspaceId}/files/content?path=${SECRET}.txt`;
  expect(await call(content, as(viewer))).toMatchObject({ status: 200, text: `content ${SECRET}` });
});

test('the API: 401 without a good key, also with a cookie; 404 for a stranger', async () => {
  const revoked = cli('apikey', 'create', '--email', `routes-owner-${started}@example.com`, '--name', 'old');
  await ask(owner, 'apiKeys.revoke', { id: revoked.id });
  const document = JSON.parse((await call('/api/v1/openapi.json')).text) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const described = Object.entries(document.paths)
    .filter(([place]) => !OPEN.has(place))
    .flatMap(([place, methods]) =>
      Object.keys(methods).map((method) => ({ place, method: method.toUpperCase() })),
    );
  expect(described.length).toBeGreaterThan(40);
  const raw = of('key')
    .map((route) => route.slice('/api/v1'.length).replace(/\[([\w.]+)\]/g, '{$1}'))
    .flatMap((place) => (place.endsWith('import') ? ['POST'] : ['GET']).map((method) => ({ place, method })));
  for (const { place, method } of [...described, ...raw, { place: '/files/content', method: 'PUT' }]) {
    const target = `/api/v1${fillIn(place, theirs)}`;
    const with_ = (headers: Record<string, string>): Promise<Answer> =>
      call(target, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
    for (const headers of [
      {},
      { cookie: owner.cookie },
      { authorization: `Bearer ${revoked.key}` },
      { authorization: 'Bearer lf_' },
      { authorization: owner.key },
    ]) {
      const answer = await with_(headers as Record<string, string>);
      expectNothing(answer, target);
      expect([method, place, headers, answer.status]).toEqual([method, place, headers, 401]);
    }
    const foreign = await with_({ authorization: `Bearer ${stranger.key}` });
    expectNothing(foreign, target);
    const claimed = await with_({
      authorization: `Bearer ${stranger.key}`,
      'x-workspace-id': owner.workspaceId,
    });
    expectNothing(claimed, target);
    expect([method, place, claimed.status]).toEqual([method, place, 404]);
  }
  for (const kind of ['events', 'files/x', 'outputs/x']) {
    const ask_ = (id: string) => call(`/api/v1/executions/${id}/${kind}`, withKey(stranger));
    const [foreign, random] = [await ask_(theirs.executionId!), await ask_(madeUp.executionId!)];
    expect([kind, foreign.status, problemOf(foreign)]).toEqual([kind, 404, problemOf(random)]);
  }
  for (const [method, place] of [
    ['PUT', `/files/content?path=mine.txt`],
    ['POST', '/workflows/import'],
    ['POST', '/workflows'],
  ]) {
    const answer = await call(`/api/v1${place}`, { ...withKey(viewer), method: method!, body: '{}' });
    expect([place, answer.status]).toEqual([place, 403]);
  }
});

test('pages of a person, and of operators', async () => {
  for (const route of of('account page')) {
    const answer = await call(route);
    expect([route, answer.status, answer.headers.location]).toEqual([
      route,
      307,
      expect.stringMatching(/^\/login\?next=/),
    ]);
    expectNothing(await call(route, as(stranger)), route);
  }
  for (const route of of('account data')) {
    expect([route, (await call(route)).status]).toEqual([route, 401]);
    const own = await call(route, as(stranger));
    expect([route, own.status]).toEqual([route, 200]);
    expectNothing(own, route);
  }
  for (const route of of('operators')) {
    const anonymous = await call(route);
    expect([route, anonymous.text.includes('Opening the log-in page')]).toEqual([route, true]);
    expect([route, (await call(route, as(owner))).status]).toEqual([route, 404]);
  }
});

test('what is open shows nothing of a workspace, and made-up addresses lead nowhere', async () => {
  for (const route of [...of('public'), ...of('by address')])
    for (const person of [undefined, stranger]) {
      const answer = await call(at(route, madeUp), person && as(person));
      expectNothing(answer, route);
      // some lead on: who is logged in already, or has not yet begun
      expect([route, [200, 307].includes(answer.status)]).toEqual([route, true]);
    }
  for (const route of of('by address, else 404')) {
    const [method, name] = route.split(' ') as [string, string];
    const place = {
      CHAT: '/chat/x',
      FORM: '/forms/x',
      FORM_RUN: '/forms/run/x',
      RESUME: '/webhooks/resume/x',
      WEBHOOK: '/webhooks/x',
    }[name];
    const answer = await call(place!, { method: method === 'ANY' ? 'PUT' : method });
    expect([route, answer.status]).toEqual([route, 404]);
  }
  for (const route of of('no address')) expect([404, 500]).toContain((await call(route)).status);
  expect((await call('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(401);
  expect(JSON.parse((await call('/api/auth/session')).text)).toBeNull();
  expectNothing(await call('/api/auth/session', as(stranger)), '/api/auth/session');
  expect((await call('/api/trpc/workflows.list')).status).toBe(401);
  const foreign = { headers: { cookie: stranger.cookie, 'x-workspace-id': owner.workspaceId } };
  expect((await call('/api/trpc/workflows.list', foreign)).status).toBe(404);
});

test('no other way to write a call shows what the plain one hides', async () => {
  test.setTimeout(240_000);
  const hidden = [...of('members page'), ...of('members data'), ...of('operators'), ...of('account page')];
  const tried = async (variant: ReturnType<typeof variantsOf>[number], person?: Person) => {
    const headers = { ...variant.call.headers, ...(person ? { cookie: person.cookie } : {}) };
    return call(variant.path, { ...variant.call, headers });
  };
  for (const route of hidden)
    await Promise.all(
      variantsOf(at(route, theirs), buildId).map(async (variant) => {
        for (const answer of [await tried(variant), await tried(variant, stranger)]) {
          expectNothing(answer, JSON.stringify(variant));
          expect([variant, answer.status < 500]).toEqual([variant, true]);
        }
      }),
    );
  // their owner does see something in several of these ways
  const own = variantsOf(at('/w/[workspaceId]/workflows', theirs), buildId);
  const seen = await Promise.all(
    own.map(async (variant) => (await tried(variant, owner)).text.includes(SECRET)),
  );
  expect(seen.filter(Boolean).length).toBeGreaterThan(5);
});

const of = (verdict: Verdict): string[] =>
  Object.entries(VERDICTS).flatMap(([route, one]) => (one === verdict ? [route] : []));

const at = (route: string, values: Record<string, string>): string =>
  route.replace(/\[([\w.]+)\]/g, (_all, name: string) => values[name]!);
/** As `at`, for paths of the OpenAPI document. */
const fillIn = (place: string, values: Record<string, string>): string =>
  place.replace(/\{([\w.]+)\}/g, (_all, name: string) => values[name] ?? values.workflowId!);

const as = ({ cookie }: Person): Call => ({ headers: { cookie } });
const withKey = ({ key }: Person): Call => ({
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
});

function expectNothing({ text, headers }: Answer, where: string): void {
  expect([where, (text + JSON.stringify(headers)).includes(SECRET)]).toEqual([where, false]);
}

/** What a person would read on a page. */
const shownBy = ({ text }: Answer): string =>
  text
    .replace(/<(script|style)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

const problemOf = ({ text }: Answer): unknown => {
  const { requestId: _, ...problem } = JSON.parse(text) as Record<string, unknown>;
  return problem;
};

/** Paths and patterns that our own listener answers, as its source has them. */
function listenerRoutes(): string[] {
  const source = readFileSync(path.join(root, 'server/http/listener.ts'), 'utf8');
  const patterns = [...source.matchAll(/^const ([A-Z_]+) = \/\^/gm)].map(([, name]) => name!);
  const paths = [...source.matchAll(/^ {2}'(\/[^']+)': async/gm)].map(([, route]) => route!);
  expect([patterns.length, paths.length].every((count) => count > 3)).toBe(true);
  return [...paths, ...patterns.map((name) => `${/WEBHOOK|RESUME/.test(name) ? 'ANY' : 'POST'} ${name}`)];
}

async function createPerson(browser: Browser, role: string, name: string): Promise<Person> {
  const email = `routes-${role}-${started}@example.com`;
  const { workspaceId } = cli('user', 'create', '--email', email, '--password', PASSWORD, '--name', name);
  const { key } = cli('apikey', 'create', '--email', email, '--name', 'e2e');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${process.env.E2E_URL}/login`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(/\/w\//);
  const cookies = await context.cookies();
  await context.close();
  return {
    workspaceId: workspaceId!,
    key: key!,
    cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '),
  };
}

/** A procedure, as the pages call it. */
async function ask<T = unknown>({ cookie, workspaceId }: Person, name: string, input: unknown): Promise<T> {
  const answer = await call(`/api/trpc/${name}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-workspace-id': workspaceId },
    body: JSON.stringify({ json: input }),
  });
  expect([name, answer.status, answer.text]).toEqual([name, 200, expect.any(String)]);
  return (JSON.parse(answer.text) as { result: { data: { json: T } } }).result.data.json;
}

/** One of everything, in the workspace of the owner. */
async function fill(person: Person): Promise<Record<string, string>> {
  const make = async (method: string, place: string, body: unknown) => {
    const answer = await call(`/api/v1${place}`, {
      ...withKey(person),
      method,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect([place, answer.status < 300, answer.text]).toEqual([place, true, expect.any(String)]);
    return JSON.parse(answer.text) as Record<string, string>;
  };
  const workflow = await make('POST', '/workflows', {
    name: SECRET,
    nodes: [node('start', 'manual-trigger'), set('set', 'word', SECRET)],
    edges: edges('start>set'),
  });
  const execution = await make('POST', `/workflows/${workflow.id}/execute?wait=20`, { version: 'draft' });
  const credential = await make('POST', '/credentials', {
    name: SECRET,
    type: 'bearer',
    data: { token: SECRET },
  });
  const table = await make('POST', '/tables', { name: SECRET });
  await make('PUT', `/files/content?path=${SECRET}.txt`, `content ${SECRET}`);
  return {
    workspaceId: person.workspaceId,
    workflowId: workflow.id!,
    executionId: execution.id!,
    id: execution.id!,
    credentialId: credential.id!,
    tableId: table.id!,
  };
}
