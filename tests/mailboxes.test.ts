import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Item } from '#engine/item.ts';
import type { WorkflowInput } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { db, getPool } from '#server/db.ts';
import { loadItems, openFiles } from '#server/storage/open.ts';
import {
  claimMailbox,
  type MailLease,
  MailLeaseLostError,
  type MailState,
  readMailState,
  writeMailState,
} from '#server/triggers/mail-lease.ts';
import { MAIL_LEASE_MS, pollMailbox } from '#server/triggers/mail-poll.ts';
import { startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { type ImapTest, startImapServer } from './support/imap-server.ts';
import { createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';
import { edges, node } from './support/workflows.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-mailboxes-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();

let ada: Person;
let imap: ImapTest;
beforeAll(async () => {
  ada = await createPerson('Ada');
});
beforeEach(async () => {
  imap = await startImapServer([
    { raw: 'Subject: old\r\n\r\nx', internaldate: ' 3-Feb-2020 10:00:00 +0000' },
  ]);
});
afterEach(async () => {
  await getPool().query(`update "trigger" set active = false`);
  await imap.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const deliver = (subject: string, more = '') =>
  imap.deliver('INBOX', { raw: `Subject: ${subject}\r\n${more || '\r\nHello'}` });

async function mailAccount(data: object = {}, person = ada): Promise<string> {
  const credential = await person.caller().credentials.create({
    name: `Mail ${newId()}`,
    type: 'imap',
    data: { host: 'localhost', port: imap.port, security: 'none', user: 'shop', password: 'right', ...data },
  });
  return credential.id;
}

/** Activates a workflow that waits for mail; gives its id. */
async function activate(parameters: object = {}, credential?: string): Promise<string> {
  const account = credential ?? (await mailAccount());
  const { id } = await ada.caller().workflows.create({
    name: 'Mail',
    workflow: {
      nodes: [
        node('mail', 'email-trigger', parameters as Record<string, unknown>, { credentials: { account } }),
        node('end', 'no-op'),
      ],
      edges: edges('mail>end'),
    } as WorkflowInput,
  });
  await ada.caller().workflows.activate({ id });
  return id;
}

const claim = () => claimMailbox(Date.now() + 1_000, MAIL_LEASE_MS, []);
const due = () => getPool().query(`update "trigger" set next_run_at = now() - interval '1 s' where active`);
/** Looks into the one mailbox that is watched, as its time has come. */
async function look(): Promise<MailLease> {
  await due();
  const lease = (await claim())!;
  await pollMailbox(lease, new AbortController().signal);
  return lease;
}

interface Started {
  id: string;
  mode: string;
  items: Item[];
}
async function started(workflowId: string): Promise<Started[]> {
  const { rows } = await getPool().query<{ id: string; mode: string; trigger: { items: Item[] } }>(
    'select id, mode, trigger from execution where workflow_id = $1 order by queued_at, id',
    [workflowId],
  );
  return Promise.all(
    rows.map(async ({ trigger, ...row }) => ({ ...row, items: await loadItems(trigger.items) })),
  );
}
const subjects = async (workflowId: string) =>
  (await started(workflowId)).map(({ items }) => items.map(({ json }) => json.subject).join('+')).sort();
const stat = async (workflowId: string) =>
  (await db().triggerStat.findMany({ where: { trigger: { workflowId } } }))[0];

describe('a mailbox that is watched', () => {
  it('starts an execution for every message after its activation, each once', async () => {
    const id = await activate({ after: 'seen' });
    deliver('before the first look');
    await look();
    expect(await subjects(id)).toEqual(['before the first look']);
    deliver('one');
    deliver('two');
    await look();
    await look();
    expect(await subjects(id)).toEqual(['before the first look', 'one', 'two']);
    expect((await started(id))[0]!.mode).toBe('email');
    expect(imap.flags('INBOX').map((flags) => flags.includes('\\Seen'))).toEqual([false, true, true, true]);
    expect(await stat(id)).toMatchObject({ accepted: 3, repeated: 0, refused: 0 });
  });

  it('takes only what is wanted, and never looks at a message again', async () => {
    const id = await activate({ which: 'unread', filter: { subject: 'bill' } });
    await look();
    deliver('a bill');
    deliver('a letter');
    imap.deliver('INBOX', { raw: 'Subject: read bill\r\n\r\nx', flags: ['\\Seen'] });
    await look();
    expect(await subjects(id)).toEqual(['a bill']);
    expect((await readMailState({ workflowId: id, nodeId: 'mail' } as MailLease))?.place?.lastUid).toBe(4);
  });

  it('keeps attachments for the execution', async () => {
    const id = await activate({ attachments: true });
    await look();
    deliver(
      'with file',
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n--b\r\nContent-Type: text/csv; name="a.csv"\r\nContent-Disposition: attachment; filename="a.csv"\r\n\r\n1,2\r\n--b--\r\n',
    );
    await look();
    const [execution] = await started(id);
    const file = execution!.items[0]!.files!.attachment_0!;
    expect(file).toMatchObject({ name: 'a.csv', mimeType: 'text/csv' });
    expect(file.id).toContain(`files/${ada.workspaceId}/${execution!.id}/`);
    const content = await openFiles(ada.workspaceId, execution!.id).read(file);
    expect(Buffer.from(content).toString().trim()).toBe('1,2');
  });

  it('takes all new messages together where that is wanted', async () => {
    const id = await activate({ start: 'together', after: 'move', moveTo: 'Done' });
    await look();
    for (const subject of ['a', 'b', 'c']) deliver(subject);
    await look();
    await look();
    expect(await subjects(id)).toEqual(['a+b+c']);
    expect([imap.count('INBOX'), imap.count('Done')]).toEqual([1, 3]);
  });

  it('takes fifty at a time, and goes on at once', async () => {
    const id = await activate();
    await look();
    for (let i = 0; i < 60; i++) deliver(`n${i}`);
    await look();
    expect(await started(id)).toHaveLength(50);
    const lease = (await claim())!;
    await pollMailbox(lease, new AbortController().signal);
    expect(await started(id)).toHaveLength(60);
  });

  it('goes on where it was after a pause', async () => {
    const id = await activate();
    await look();
    await ada.caller().workflows.deactivate({ id });
    deliver('while it was paused');
    await due();
    expect(await claim()).toBeNull();
    await ada.caller().workflows.activate({ id });
    await look();
    expect(await subjects(id)).toEqual(['while it was paused']);
  });
});

describe('nothing is lost and nothing twice', () => {
  const stateOf = async (workflowId: string) => {
    const { rows } = await getPool().query<{ data: MailState }>(
      `select data from workflow_static_data where workflow_id = $1 and key = 'email:mail'`,
      [workflowId],
    );
    return rows[0]!.data;
  };
  const setState = (workflowId: string, state: MailState) =>
    getPool().query(
      `update workflow_static_data set data = $2::json where workflow_id = $1 and key = 'email:mail'`,
      [workflowId, JSON.stringify(state)],
    );

  it.each(['each', 'together'])(
    'after a crash between accepting and writing that down: %s',
    async (start) => {
      const id = await activate({ start });
      await look();
      deliver('one');
      const before = await stateOf(id);
      await look();
      await setState(id, before);
      await look();
      expect(await subjects(id)).toEqual(['one']);
      expect(await stat(id)).toMatchObject({ accepted: 1, repeated: 1 });
    },
  );

  it('after a crash, messages that came meanwhile start an execution of their own', async () => {
    const id = await activate({ start: 'together' });
    await look();
    deliver('one');
    const before = await stateOf(id);
    await look();
    await setState(id, { ...before, taking: [2] });
    deliver('two');
    await look();
    await look();
    expect(await subjects(id)).toEqual(['one', 'two']);
  });

  it('whoever lost the mailbox writes nothing any more', async () => {
    const id = await activate();
    await look();
    await due();
    const lease = (await claim())!;
    const state = await stateOf(id);
    await ada.caller().workflows.activate({ id });
    await expect(writeMailState(lease, { ...state, failures: 9 })).rejects.toThrow(MailLeaseLostError);
    deliver('one');
    await pollMailbox(lease, new AbortController().signal);
    expect((await stateOf(id)).failures).toBe(0);
    await look();
    expect(await subjects(id)).toEqual(['one']);
  });

  it('one of several workers gets it, and not while another has it', async () => {
    await activate();
    const claims = await Promise.all(Array.from({ length: 5 }, claim));
    expect(claims.filter((lease) => lease !== null)).toHaveLength(1);
    expect(await claim()).toBeNull();
    expect(
      await claimMailbox(Date.now() + MAIL_LEASE_MS + 2_000, MAIL_LEASE_MS, [ada.workspaceId]),
    ).toBeNull();
    expect(await claimMailbox(Date.now() + MAIL_LEASE_MS + 2_000, MAIL_LEASE_MS, [])).not.toBeNull();
  });

  it('when the server numbers its messages anew, those since the last look are new', async () => {
    const id = await activate();
    deliver('first');
    await look();
    const state = await stateOf(id);
    await setState(id, { ...state, lookedAt: new Date(Date.now() - 60_000).toISOString() });
    imap.renumber('INBOX');
    deliver('second');
    await look();
    // the first one came less than a minute ago, and its old number tells nothing any more
    expect(await subjects(id)).toEqual(['first', 'first', 'second']);
    await look();
    expect(await subjects(id)).toHaveLength(3);
  });

  it('another account begins with what comes from then on', async () => {
    const credential = await mailAccount();
    const id = await activate({}, credential);
    await look();
    const aMinuteAgo = new Date(Date.now() - 60_000);
    imap.deliver('INBOX', { raw: 'Subject: x\r\n\r\nx', internaldate: aMinuteAgo });
    await look();
    expect(await subjects(id)).toHaveLength(1);
    await ada.caller().credentials.update({ id: credential, data: { host: '127.0.0.1' } });
    await until('the change is felt', 6, async () => {
      await look();
      return (await stateOf(id)).place !== null && (await started(id)).length === 1;
    });
    deliver('new');
    await look();
    expect(await subjects(id)).toEqual(['new', 'x']);
  });
});

describe('what goes wrong', () => {
  it('a refused login is shown, tells no secret, and is tried less and less often', async () => {
    const id = await activate({}, await mailAccount({ password: 'hush-wrong' }));
    const pauses: number[] = [];
    for (let i = 0; i < 3; i++) {
      await look();
      const row = await db().trigger.findFirstOrThrow({ where: { workflowId: id } });
      pauses.push(Math.round((row.nextRunAt!.getTime() - Date.now()) / 60_000));
    }
    expect(pauses).toEqual([1, 2, 4]);
    const seen = await stat(id);
    expect(seen).toMatchObject({ refused: 3, lastRefusal: expect.stringContaining('refused the login') });
    const state = await readMailState({ workflowId: id, nodeId: 'mail' } as MailLease);
    expect(state).toMatchObject({ failures: 3, lastError: { message: seen!.lastRefusal } });
    expect(JSON.stringify([seen, state])).not.toContain('hush');
  });

  it('messages that cannot be moved start their execution once, and are moved when that is possible', async () => {
    const id = await activate({ after: 'move', moveTo: 'Nowhere' });
    await look();
    deliver('one');
    await look();
    await look();
    expect(await subjects(id)).toEqual(['one']);
    expect((await stat(id))?.lastRefusal).toContain('Nowhere');
    const { draft } = await ada.caller().workflows.get({ id });
    const nodes = draft.nodes.map((one) =>
      one.id === 'mail' ? { ...one, parameters: { after: 'move', moveTo: 'Done' } } : one,
    );
    await ada.caller().workflows.update({ id, nodes });
    await ada.caller().workflows.activate({ id });
    await look();
    expect(await subjects(id)).toEqual(['one']);
    expect(imap.count('Done')).toBe(1);
  });

  it('the account of another workspace opens nothing', async () => {
    const eve = await createPerson('Eve');
    const foreign = await mailAccount({}, eve);
    const id = await activate();
    await getPool().query(
      `update "trigger" set config = jsonb_set(config::jsonb, '{credentialId}', to_jsonb($2::text)) where workflow_id = $1`,
      [id, foreign],
    );
    deliver('one');
    await look();
    expect(await subjects(id)).toEqual([]);
    expect((await stat(id))?.lastRefusal).toContain('does not exist');
  });

  it('a workspace that was deleted is left alone', async () => {
    await activate();
    await due();
    await getPool().query('update workspace set deleted_at = now() where id = $1', [ada.workspaceId]);
    try {
      expect(await claim()).toBeNull();
    } finally {
      await getPool().query('update workspace set deleted_at = null where id = $1', [ada.workspaceId]);
    }
  });
});

it('a worker looks by itself, and its executions get the message', async () => {
  const id = await activate();
  const worker = await startWorker();
  try {
    await until('the first look', 10, async () => {
      const row = await db().trigger.findFirst({ where: { workflowId: id, lastRunAt: { not: null } } });
      return row !== null;
    });
    deliver('by itself');
    await due();
    const [execution] = await until('the execution ends', 15, async () => {
      const { data } = await ada.caller().executions.list({ workflowId: id, limit: 10 });
      return data.length === 1 && data[0]!.status === 'completed' ? data : null;
    });
    expect(execution!.mode).toBe('email');
  } finally {
    await worker.stop();
  }
});
