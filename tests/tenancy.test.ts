import { TRPCError } from '@trpc/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { createApiKey, revokeApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { findSession, openSession } from '#server/auth/sign-in.ts';
import { createCredential } from '#server/credentials/commands.ts';
import { db } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { whileAllowed } from '#server/live/while-allowed.ts';
import { invite } from '#server/members/commands.ts';
import { restEndpoints } from '#server/rest/endpoints.ts';
import { handleEvents } from '#server/rest/events-route.ts';
import { handleRest } from '#server/rest/handler.ts';
import { createTable } from '#server/tables/commands.ts';
import { appRouter } from '#server/trpc/app-router.ts';
import { createContext } from '#server/trpc/context.ts';
import { approvalId } from '#server/waits/links.ts';
import { createWorkflow } from '#server/workflows/commands.ts';
import { snapshot } from '#server/workflows/versions.ts';
import { ownDatabase } from './support/database.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';

ownDatabase();

interface Objects {
  workflowId: string;
  executionId: string;
  invitationId: string;
  apiKeyId: string;
  circuitHost: string;
  tableId: string;
  credentialId: string;
  filePath: string;
  sessionId: string;
  userId: string;
}

let owner: Person;
let stranger: Person;
let theirs: Objects;

beforeAll(async () => {
  owner = await createPerson('Owner');
  stranger = await createPerson('Stranger');
  const workflow = await createWorkflow(owner.scope, { name: 'Secret plan' });
  const versionId = await snapshot(db(), workflow.id, workflow.draft, owner.userId);
  const { executionId } = await acceptExecution({
    workspaceId: owner.workspaceId,
    workflowId: workflow.id,
    versionId,
    mode: 'manual',
    trigger: { nodeId: 'n', items: [] },
  });
  const { invitation } = await invite(owner.scope, { email: 'friend@example.com', role: 'member' });
  const key = await createApiKey(owner.scope, { name: 'k', scopes: ['workflows:read'] });
  const credential = await createCredential(owner.scope, {
    ...{ name: 'Secret plan', type: 'bearer', data: { token: 'Secret plan' } },
    ...{ allowedHosts: [], sharing: 'workspace', members: [], expiresAt: null },
  });
  const table = await createTable(owner.scope, { name: 'Secret plan', columns: [] });
  theirs = {
    workflowId: workflow.id,
    executionId,
    invitationId: invitation.id,
    apiKeyId: key.id,
    circuitHost: 'internal.owner.example:8443',
    tableId: table.id,
    credentialId: credential.id,
    filePath: 'secret/plan.txt',
    sessionId: owner.sessionId,
    userId: owner.userId,
  };
  await db().workspaceFile.create({
    data: {
      workspaceId: owner.workspaceId,
      path: theirs.filePath,
      key: 'nowhere',
      mimeType: 'text/plain',
      sizeBytes: 1,
    },
  });
  await db().circuit.create({
    data: { workspaceId: owner.workspaceId, host: theirs.circuitHost, state: 'open', failures: 5 },
  });
});

/** What a stranger gets who names somebody else's object from inside their own workspace. */
type Verdict =
  /** The object does not exist for them. */
  | { input: (o: Objects) => unknown; expect: 'NOT_FOUND' }
  /** Takes no id of another tenant: a list or a creation, whose answer must not hold theirs. */
  | { input?: (o: Objects) => unknown; expect: 'OWN_ONLY' }
  /** Not about a workspace. */
  | { expect: 'PUBLIC' | 'SELF' };

const id = (pick: (o: Objects) => string) => (o: Objects) => ({ id: pick(o) });
const questionOf = (o: Objects) => approvalId({ executionId: o.executionId, node: 'n', run: 0 });
const draft = { format: 'linkflow/1' as const, name: 'x', nodes: [], edges: [] };
const edge = { from: { node: 'a' }, to: { node: 'b' } };

/** Ask for somebody, and for no workspace. */
const OF_A_PERSON = new Set([
  'credentials.finishConnect',
  'members.acceptInvitation',
  'accounts.revokeSession',
  'accounts.disconnectIdentity',
  'workspaces.restore',
  'outbox.list',
  'admin.figures',
  'admin.ended',
  'admin.queue',
  'admin.users',
  'admin.block',
  'admin.unblock',
  'admin.setAdmin',
  'admin.endSessions',
  'admin.workspaces',
  'admin.workspaceMembers',
  'admin.setSeats',
  'admin.setPlan',
  'admin.giveCredit',
  'admin.usage',
  'admin.executions',
]);

/** Every procedure must be here: a new one without a verdict fails. */
const VERDICTS: Record<string, Verdict> = {
  'accounts.signUp': { expect: 'PUBLIC' },
  'accounts.me': { expect: 'SELF' },
  'accounts.rename': { expect: 'SELF' },
  'accounts.requestVerification': { expect: 'SELF' },
  'accounts.verifyEmail': { expect: 'PUBLIC' },
  'accounts.requestPasswordReset': { expect: 'PUBLIC' },
  'accounts.resetPassword': { expect: 'PUBLIC' },
  'accounts.changePassword': { expect: 'SELF' },
  'accounts.requestEmailChange': { expect: 'SELF' },
  'accounts.twoFactor': { expect: 'SELF' },
  'accounts.startTwoFactor': { expect: 'SELF' },
  'accounts.enableTwoFactor': { expect: 'SELF' },
  'accounts.disableTwoFactor': { expect: 'SELF' },
  'accounts.renewRecoveryCodes': { expect: 'SELF' },
  'accounts.delete': { expect: 'SELF' },
  'accounts.identities': { expect: 'SELF' },
  'accounts.startConnect': { expect: 'SELF' },
  'accounts.disconnectIdentity': { input: (o) => ({ id: o.userId }), expect: 'NOT_FOUND' },
  'accounts.sessions': { expect: 'SELF' },
  'accounts.revokeSession': { input: (o) => ({ id: o.sessionId }), expect: 'NOT_FOUND' },
  'accounts.revokeOtherSessions': { expect: 'SELF' },
  'admin.figures': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.ended': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.queue': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.users': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.block': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.unblock': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.setAdmin': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.endSessions': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.workspaces': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.workspaceMembers': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.setSeats': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.setPlan': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.giveCredit': { input: () => undefined, expect: 'NOT_FOUND' },
  'admin.usage': { input: () => undefined, expect: 'NOT_FOUND' },
  'plans.consequences': { input: () => ({ plan: 'free' }), expect: 'OWN_ONLY' },
  'billing.get': { expect: 'OWN_ONLY' },
  'billing.refresh': { expect: 'OWN_ONLY' },
  'billing.invoices': { expect: 'OWN_ONLY' },
  'billing.lists.plans': { expect: 'OWN_ONLY' },
  'billing.lists.invoices': { expect: 'OWN_ONLY' },
  // without Stripe nothing is sold and nobody has anything; tests/billing.test.ts has one
  'billing.checkout': { input: () => ({ plan: 'pro', interval: 'month' }), expect: 'NOT_FOUND' },
  'billing.portal': { input: () => undefined, expect: 'NOT_FOUND' },
  'billing.previewChange': { input: () => ({ plan: 'pro', interval: 'month' }), expect: 'NOT_FOUND' },
  'billing.change': { input: () => ({ plan: 'pro', interval: 'month' }), expect: 'NOT_FOUND' },
  'billing.cancel': { input: () => undefined, expect: 'NOT_FOUND' },
  'billing.resume': { input: () => undefined, expect: 'NOT_FOUND' },
  'usage.get': { expect: 'OWN_ONLY' },
  'usage.byWorkflow': { expect: 'OWN_ONLY' },
  'usage.byMember': { expect: 'OWN_ONLY' },
  'usage.refused': { expect: 'OWN_ONLY' },
  'usage.periods': { expect: 'OWN_ONLY' },
  'usage.setBudget': { input: (o) => ({ workflowId: o.workflowId, budget: 1 }), expect: 'NOT_FOUND' },
  'usage.setOverage': { input: () => ({ overage: 0 }), expect: 'OWN_ONLY' },
  'admin.executions': { input: () => undefined, expect: 'NOT_FOUND' },
  'outbox.list': { input: () => undefined, expect: 'NOT_FOUND' },
  'workspaces.create': { expect: 'SELF' },
  'workspaces.get': { expect: 'OWN_ONLY' },
  'workspaces.transfer': {
    input: (o) => ({ userId: o.userId, password: 'correct horse battery' }),
    expect: 'NOT_FOUND',
  },
  'workspaces.delete': { expect: 'SELF' },
  'workspaces.listDeleted': { expect: 'SELF' },
  'workspaces.restore': { input: (o) => ({ id: o.userId }), expect: 'NOT_FOUND' },
  'workspaces.replace': { input: () => ({ name: 'mine' }), expect: 'OWN_ONLY' },
  'workspaces.update': { input: () => ({ name: 'mine' }), expect: 'OWN_ONLY' },
  'members.list': { expect: 'OWN_ONLY' },
  'members.listPage': { input: () => ({}), expect: 'OWN_ONLY' },
  'members.get': { input: (o) => ({ userId: o.userId }), expect: 'NOT_FOUND' },
  'members.invitations': { expect: 'OWN_ONLY' },
  'members.listInvitationsPage': { input: () => ({}), expect: 'OWN_ONLY' },
  'members.add': { input: () => ({ email: 'z@example.com', role: 'viewer' }), expect: 'OWN_ONLY' },
  'members.invite': { input: () => ({ email: 'x@example.com', role: 'viewer' }), expect: 'OWN_ONLY' },
  'members.revokeInvitation': { input: id((o) => o.invitationId), expect: 'NOT_FOUND' },
  'members.updateRole': { input: (o) => ({ userId: o.userId, role: 'viewer' }), expect: 'NOT_FOUND' },
  'members.remove': { input: (o) => ({ userId: o.userId }), expect: 'NOT_FOUND' },
  'members.leave': { expect: 'SELF' },
  'members.previewInvitation': { expect: 'PUBLIC' },
  'members.acceptInvitation': { input: () => ({ token: 'not-a-real-token' }), expect: 'NOT_FOUND' },
  'workflows.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'workflows.get': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.create': { input: () => ({ name: 'own' }), expect: 'OWN_ONLY' },
  'workflows.update': { input: (o) => ({ id: o.workflowId, name: 'taken' }), expect: 'NOT_FOUND' },
  'workflows.saveDraft': { input: (o) => ({ id: o.workflowId, draft }), expect: 'NOT_FOUND' },
  'workflows.activate': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.resume': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.deactivate': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.delete': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.duplicate': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.import': { input: () => ({ text: '{"nodes":[],"connections":{}}' }), expect: 'OWN_ONLY' },
  'workflows.export': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.clone': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.full': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.statistics': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.validate': { input: () => ({}), expect: 'OWN_ONLY' },
  'workflows.versions.list': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.versions.get': { input: (o) => ({ id: o.workflowId, number: 1 }), expect: 'NOT_FOUND' },
  'workflows.versions.restore': { input: (o) => ({ id: o.workflowId, number: 1 }), expect: 'NOT_FOUND' },
  'workflows.nodes.list': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.nodes.get': { input: (o) => ({ id: o.workflowId, nodeId: 'n' }), expect: 'NOT_FOUND' },
  'workflows.nodes.create': { input: (o) => ({ id: o.workflowId, type: 'no-op' }), expect: 'NOT_FOUND' },
  'workflows.nodes.createMany': {
    input: (o) => ({ id: o.workflowId, nodes: [{ type: 'no-op' }] }),
    expect: 'NOT_FOUND',
  },
  'workflows.nodes.update': {
    input: (o) => ({ id: o.workflowId, nodeId: 'n', name: 'taken' }),
    expect: 'NOT_FOUND',
  },
  'workflows.nodes.delete': { input: (o) => ({ id: o.workflowId, nodeId: 'n' }), expect: 'NOT_FOUND' },
  'workflows.edges.list': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'workflows.edges.create': { input: (o) => ({ id: o.workflowId, ...edge }), expect: 'NOT_FOUND' },
  'workflows.edges.createMany': {
    input: (o) => ({ id: o.workflowId, edges: [edge] }),
    expect: 'NOT_FOUND',
  },
  'workflows.edges.delete': { input: (o) => ({ id: o.workflowId, edgeId: 'e' }), expect: 'NOT_FOUND' },
  'workflows.graph.replace': {
    input: (o) => ({ id: o.workflowId, nodes: [], edges: [] }),
    expect: 'NOT_FOUND',
  },
  'executions.create': { input: (o) => ({ workflowId: o.workflowId }), expect: 'NOT_FOUND' },
  'executions.ofWorkflow': { input: (o) => ({ workflowId: o.workflowId }), expect: 'NOT_FOUND' },
  'executions.workflowStatistics': { input: (o) => ({ workflowId: o.workflowId }), expect: 'NOT_FOUND' },
  'executions.parts.detail': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.parts.statistics': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.parts.nodes': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.parts.node': { input: (o) => ({ id: o.executionId, nodeId: 'n' }), expect: 'NOT_FOUND' },
  'executions.parts.logs': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.parts.nodeLogs': { input: (o) => ({ id: o.executionId, nodeId: 'n' }), expect: 'NOT_FOUND' },
  'executions.list': { input: (o) => ({ workflowId: o.workflowId }), expect: 'OWN_ONLY' },
  'executions.get': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.replay': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.start': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'executions.cancel': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.retry': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.pause': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.resume': { input: id((o) => o.executionId), expect: 'NOT_FOUND' },
  'executions.events': { input: (o) => ({ executionId: o.executionId }), expect: 'NOT_FOUND' },
  'executions.watch': { expect: 'OWN_ONLY' },
  'apiKeys.list': { expect: 'OWN_ONLY' },
  'apiKeys.create': { input: () => ({ name: 'own' }), expect: 'OWN_ONLY' },
  'apiKeys.revoke': { input: id((o) => o.apiKeyId), expect: 'NOT_FOUND' },
  'approvals.list': { expect: 'OWN_ONLY' },
  'approvals.decide': {
    input: (o) => ({ id: questionOf(o), decision: 'approved' }),
    expect: 'NOT_FOUND',
  },
  'approvals.preview': { expect: 'PUBLIC' },
  'approvals.decideByLink': { expect: 'PUBLIC' },
  'deadLetters.list': { input: (o) => ({ workflowId: o.workflowId }), expect: 'OWN_ONLY' },
  'deadLetters.groups': { expect: 'OWN_ONLY' },
  'deadLetters.count': { expect: 'OWN_ONLY' },
  'deadLetters.retry': { input: (o) => ({ which: { ids: [o.executionId] } }), expect: 'OWN_ONLY' },
  'deadLetters.dismiss': { input: (o) => ({ which: { ids: [o.executionId] } }), expect: 'OWN_ONLY' },
  'credentials.types': { expect: 'OWN_ONLY' },
  'credentials.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'credentials.get': { input: id((o) => o.credentialId), expect: 'NOT_FOUND' },
  'credentials.create': {
    input: () => ({ name: 'own', type: 'bearer', data: { token: 'x' } }),
    expect: 'OWN_ONLY',
  },
  'credentials.update': { input: (o) => ({ id: o.credentialId, name: 'taken' }), expect: 'NOT_FOUND' },
  'credentials.delete': { input: id((o) => o.credentialId), expect: 'NOT_FOUND' },
  'credentials.test': { input: id((o) => o.credentialId), expect: 'NOT_FOUND' },
  'credentials.accesses': { input: id((o) => o.credentialId), expect: 'NOT_FOUND' },
  'credentials.connect': { input: id((o) => o.credentialId), expect: 'NOT_FOUND' },
  'credentials.finishConnect': { input: () => ({ state: 'not-a-real-state' }), expect: 'NOT_FOUND' },
  'audit.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'chat.get': { expect: 'PUBLIC' },
  'files.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'files.usage': { expect: 'OWN_ONLY' },
  'files.delete': { input: (o) => ({ path: o.filePath }), expect: 'NOT_FOUND' },
  'forms.get': { expect: 'PUBLIC' },
  'forms.state': { expect: 'PUBLIC' },
  'tables.list': { expect: 'OWN_ONLY' },
  'tables.get': { input: id((o) => o.tableId), expect: 'NOT_FOUND' },
  'tables.create': { input: () => ({ name: 'own' }), expect: 'OWN_ONLY' },
  'tables.update': { input: (o) => ({ id: o.tableId, name: 'taken' }), expect: 'NOT_FOUND' },
  'tables.delete': { input: id((o) => o.tableId), expect: 'NOT_FOUND' },
  'tables.rows': { input: id((o) => o.tableId), expect: 'NOT_FOUND' },
  'tables.addRows': { input: (o) => ({ id: o.tableId, rows: [{}] }), expect: 'NOT_FOUND' },
  'tables.updateRow': { input: (o) => ({ id: o.tableId, rowId: 1, values: {} }), expect: 'NOT_FOUND' },
  'tables.deleteRows': { input: (o) => ({ id: o.tableId, rowIds: [1] }), expect: 'NOT_FOUND' },
  'triggers.list': { input: id((o) => o.workflowId), expect: 'NOT_FOUND' },
  'triggers.listen': { input: (o) => ({ workflowId: o.workflowId, nodeId: 'hook' }), expect: 'NOT_FOUND' },
  'schedules.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'schedules.get': { input: (o) => ({ id: `${o.workflowId}:n` }), expect: 'NOT_FOUND' },
  'schedules.update': { input: (o) => ({ id: `${o.workflowId}:n` }), expect: 'NOT_FOUND' },
  'schedules.delete': { input: (o) => ({ id: `${o.workflowId}:n` }), expect: 'NOT_FOUND' },
  'schedules.pause': { input: (o) => ({ id: `${o.workflowId}:n` }), expect: 'NOT_FOUND' },
  'schedules.resume': { input: (o) => ({ id: `${o.workflowId}:n` }), expect: 'NOT_FOUND' },
  'schedules.create': {
    input: (o) => ({ workflowId: o.workflowId, cron: '0 9 * * *' }),
    expect: 'NOT_FOUND',
  },
  'nodeTypes.list': { input: () => ({}), expect: 'OWN_ONLY' },
  'nodeTypes.get': { input: () => ({ type: 'set' }), expect: 'OWN_ONLY' },
  'circuits.list': { expect: 'OWN_ONLY' },
  'circuits.close': { input: (o) => ({ host: o.circuitHost }), expect: 'NOT_FOUND' },
};

const procedures = Object.keys(appRouter._def.procedures);
const isSubscription = (name: string) =>
  (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[name]!._def.type ===
  'subscription';

async function call(caller: object, name: string, input: unknown): Promise<unknown> {
  const procedure = name
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as (
    i: unknown,
  ) => Promise<unknown>;
  const result = await procedure(input);
  if (!isSubscription(name)) return result;
  return (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof TRPCError ? `${error.code}: ${error.message}` : String(error)),
  );

describe('tenants', () => {
  it('have a verdict for every procedure and no verdict for one that is gone', () => {
    expect(Object.keys(VERDICTS).sort()).toEqual([...procedures].sort());
  });

  it.each(procedures.filter((p) => VERDICTS[p]?.expect === 'NOT_FOUND'))(
    '%s answers a stranger like a random id',
    async (name) => {
      const verdict = VERDICTS[name] as Extract<Verdict, { expect: 'NOT_FOUND' }>;
      const random: Objects = {
        workflowId: newId(),
        executionId: newId(),
        invitationId: newId(),
        apiKeyId: newId(),
        circuitHost: `${newId()}.example`,
        tableId: newId(),
        credentialId: newId(),
        filePath: `${newId()}.txt`,
        sessionId: newId(),
        userId: newId(),
      };
      const foreign = await codeOf(call(stranger.caller(), name, verdict.input(theirs)));
      const missing = await codeOf(call(stranger.caller(), name, verdict.input(random)));
      expect(foreign).toMatch(/^NOT_FOUND/);
      expect(foreign).toBe(missing);
    },
  );

  it.each(procedures.filter((p) => VERDICTS[p]?.expect === 'OWN_ONLY' && !isSubscription(p)))(
    '%s shows nothing of another workspace',
    async (name) => {
      const verdict = VERDICTS[name] as Extract<Verdict, { expect: 'OWN_ONLY' }>;
      const text = JSON.stringify(await call(stranger.caller(), name, verdict.input?.(theirs)));
      for (const secret of [
        owner.workspaceId,
        owner.email,
        theirs.executionId,
        'Secret plan',
        theirs.apiKeyId,
        theirs.circuitHost,
        theirs.tableId,
        theirs.credentialId,
      ])
        expect(text).not.toContain(secret);
    },
  );

  it.each(
    procedures.filter((p) => !['PUBLIC', 'SELF'].includes(VERDICTS[p]?.expect ?? '') && !OF_A_PERSON.has(p)),
  )('%s refuses a workspace that one is not in, and the anonymous', async (name) => {
    const verdict = VERDICTS[name] as { input?: (o: Objects) => unknown };
    const input = verdict.input?.(theirs);
    expect(await codeOf(call(stranger.caller(owner.workspaceId), name, input))).toBe(
      'NOT_FOUND: This workspace does not exist.',
    );
    expect(await codeOf(call(anonymous(), name, input))).toMatch(/^UNAUTHORIZED/);
  });

  it('get 404 from every REST route with a foreign id', async () => {
    const { key } = await createApiKey(stranger.scope, {
      name: 'all',
      scopes: [...API_SCOPES],
    });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    // those of operators name objects of everybody: tests/rest-admin.test.ts
    const withId = restEndpoints().filter(
      ({ parameters, rest }) =>
        parameters.some((name) => /^(id|userId|workspaceId)$/.test(name)) && !rest.path.startsWith('/admin'),
    );
    expect(withId.length).toBeGreaterThan(8);
    // what any of them needs
    const body = JSON.stringify({
      ...{ decision: 'approved', rows: [{}], rowIds: [1], values: {} },
      ...{ type: 'no-op', nodes: [{ type: 'no-op', id: 'n', name: 'n' }], edges: [edge] },
      ...{ name: 'taken', role: 'viewer', email: 'w@example.com' },
    });
    // a foreign workspace, and what is foreign in one's own
    const places = withId.flatMap(({ rest, parameters: [first, second] }) => [
      { rest, workspaceId: owner.workspaceId },
      ...(first === 'workspaceId' && second ? [{ rest, workspaceId: stranger.workspaceId }] : []),
    ]);
    for (const { rest, workspaceId } of places) {
      const foreign = rest.path.startsWith('/executions')
        ? theirs.executionId
        : rest.path.startsWith('/approvals')
          ? questionOf(theirs)
          : rest.path.startsWith('/tables')
            ? theirs.tableId
            : rest.path.startsWith('/credentials')
              ? theirs.credentialId
              : rest.path.startsWith('/users')
                ? theirs.userId
                : rest.path.startsWith('/workspaces')
                  ? theirs.invitationId
                  : theirs.workflowId;
      const path = rest.path
        .replace('{workspaceId}', workspaceId)
        .replace('{userId}', theirs.userId)
        .replace('{id}', foreign)
        .replace(/\{(rowId|number)\}/, '1');
      const url = `http://localhost/api/v1${path}`;
      const response = await handleRest(
        new Request(url, {
          method: rest.method,
          headers,
          ...(rest.method === 'GET' || rest.method === 'DELETE'
            ? {}
            : { body: rest.path.endsWith('/edges') ? JSON.stringify(edge) : body }),
        }),
      );
      expect(`${rest.method} ${rest.path} ${response.status}`).toBe(`${rest.method} ${rest.path} 404`);
    }
    const events = await handleEvents(new Request('http://localhost/', { headers }), theirs.executionId);
    expect(events.status).toBe(404);
  });

  it('are held to their role and to the scopes of their key', async () => {
    const viewer = await createPerson('Viewer');
    await db().member.create({
      data: { workspaceId: owner.workspaceId, userId: viewer.userId, role: 'viewer' },
    });
    expect((await viewer.caller(owner.workspaceId).workflows.get({ id: theirs.workflowId })).name).toBe(
      'Secret plan',
    );
    expect(
      await codeOf(viewer.caller(owner.workspaceId).workflows.delete({ id: theirs.workflowId })),
    ).toMatch(/^FORBIDDEN/);
    expect(
      await codeOf(
        viewer.caller(owner.workspaceId).members.invite({ email: 'y@example.com', role: 'viewer' }),
      ),
    ).toMatch(/^FORBIDDEN/);
    const { key } = await createApiKey(owner.scope, { name: 'reader', scopes: ['workflows:read'] });
    const request = (method: string, path: string) =>
      handleRest(
        new Request(`http://localhost/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${key}` },
        }),
      );
    expect((await request('GET', `/workflows/${theirs.workflowId}`)).status).toBe(200);
    expect((await request('DELETE', `/workflows/${theirs.workflowId}`)).status).toBe(403);
    expect((await request('GET', '/executions')).status).toBe(403);
  });
});

describe('a stream', () => {
  it('ends when its session, its key or the membership does', async () => {
    const { key, id } = await createApiKey(owner.scope, { name: 'stream', scopes: ['executions:read'] });
    const guest = await createPerson('Guest');
    const place = { workspaceId: owner.workspaceId, userId: guest.userId };
    await db().member.create({ data: { ...place, role: 'viewer' } });
    const other = await openSession(owner.userId, 'test');
    const contexts = [
      createContext({ transport: 'rest', authorization: `Bearer ${key}`, loadSession: async () => null }),
      createContext({
        transport: 'trpc',
        workspaceId: owner.workspaceId,
        loadSession: () => findSession(guest.sessionId),
      }),
      createContext({ transport: 'trpc', loadSession: () => findSession(other) }),
    ];
    const signals = contexts.map((context) =>
      whileAllowed(new AbortController().signal, context.recheck, 20),
    );
    for (const context of contexts) await context.recheck();
    await revokeApiKey(owner.scope, id);
    await db().member.delete({ where: { workspaceId_userId: place } });
    await db().session.delete({ where: { id: other } });
    await until('the streams to end', 5, async () => signals.every(({ aborted }) => aborted));
  });
});
