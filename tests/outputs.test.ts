import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item, StoredItems } from '#engine/item.ts';
import { newId } from '#lib/id.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { findSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { handleDownload, handleDownloadLink } from '#server/rest/downloads.ts';
import { adoptOutputs } from '#server/storage/adopt-outputs.ts';
import { getOutputStore, getStorage, keepItems, loadItems, openFiles } from '#server/storage/open.ts';
import { showOutputs } from '#server/storage/show-outputs.ts';
import { createWorkflow } from '#server/workflows/commands.ts';
import { snapshot } from '#server/workflows/versions.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-data-'));
process.env.LINKFLOW_DATA_DIR = folder;
ownDatabase();
afterAll(() => rm(folder, { recursive: true, force: true }));

const items: Item[] = Array.from({ length: 20_000 }, (_, n) => ({
  json: { n, text: 'some text of an item' },
}));
let ada: Person;
let eve: Person;
let executionId: string;
let stored: StoredItems;

async function accept(person: Person): Promise<string> {
  const workflow = await createWorkflow(person.scope, { name: 'Large' });
  const versionId = await snapshot(db(), workflow.id, workflow.draft, person.userId);
  const trigger = { nodeId: 'n', items: [] };
  const { workspaceId } = person;
  return (await acceptExecution({ workspaceId, workflowId: workflow.id, versionId, mode: 'manual', trigger }))
    .executionId;
}

async function get(
  person: Person,
  id: string,
  name: string,
  { kind = 'output', search = '' }: { kind?: 'output' | 'file'; search?: string } = {},
): Promise<Response> {
  const { key } = await createApiKey(person.scope, { name: newId(), scopes: ['executions:read'] });
  return handleDownload(
    new Request(`http://localhost/${search}`, { headers: { authorization: `Bearer ${key}` } }),
    { kind, executionId: id, name },
  );
}

beforeAll(async () => {
  ada = await createPerson('Ada');
  eve = await createPerson('Eve');
  executionId = await accept(ada);
  const key = `executions/${executionId}/n-0-main-x`;
  const signal = new AbortController().signal;
  const bytes = await getOutputStore().put(key, items, { maxBytes: Number.MAX_SAFE_INTEGER, signal });
  stored = { stored: key, length: items.length, bytes, first: items.slice(0, 100) };
});

describe('a large output', () => {
  it('is a download for its own workspace', async () => {
    const response = await get(ada, executionId, 'n-0-main-x');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''n-0-main-x.json");
    expect(await response.json()).toEqual(items);
  });

  it('is a link on a page for who is signed in and belongs there', async () => {
    const place = { workspaceId: ada.workspaceId, executionId, name: 'n-0-main-x' };
    const as = (person: Person | null) =>
      handleDownloadLink(new Request('http://localhost/'), 'output', place, () =>
        person ? findSession(person.sessionId) : Promise.resolve(null),
      );
    expect(await (await as(ada)).json()).toEqual(items);
    expect((await as(eve)).status).toBe(404);
    expect((await as(null)).status).toBe(401);
  });

  it('does not exist for anybody else, whatever they name', async () => {
    const own = await accept(eve);
    const missing = await (await get(eve, newId(), 'n-0-main-x')).text();
    expect(await (await get(eve, executionId, 'n-0-main-x')).text()).toBe(missing);
    for (const name of [
      'n-0-main-x',
      `../${executionId}/n-0-main-x`,
      `..%2f${executionId}%2fn-0-main-x`,
      '..',
      '.tmp',
      '/etc/passwd',
      'n\u0000',
    ])
      expect((await get(eve, own, name)).status).toBe(404);
  });

  it('is copied for an execution that goes on with the history of another', async () => {
    const started = {
      type: 'node.started',
      node: 'n',
      run: 0,
      sources: {},
      attempt: 1,
      seq: 1,
      at: 1,
    } as const;
    const small = [{ json: {} }];
    const ended = { type: 'node.completed', node: 'n', run: 0, durationMs: 1, seq: 2, at: 2 } as const;
    const other = await accept(ada);
    const events = await adoptOutputs([started, { ...ended, outputs: { main: stored, small } }], other);
    const mine = { ...stored, stored: `executions/${other}/n-0-main-x` };
    expect(events).toEqual([started, { ...ended, outputs: { main: mine, small } }]);
    await getStorage().deletePrefix(`executions/${other}/`);
    await expect(loadItems(mine)).rejects.toMatchObject({ data: { kind: 'upstream' } });
    expect(await loadItems(stored)).toEqual(items);
  });

  it('may be what an execution starts with', async () => {
    const key = `executions/${executionId}/trigger`;
    expect(await keepItems(key, items.slice(0, 10))).toEqual(items.slice(0, 10));
    const many = [...items, ...items];
    const kept = await keepItems(key, many);
    expect(kept).toMatchObject({ stored: key, length: 40_000 });
    expect(await loadItems(kept)).toEqual(many);
  });

  it('is in an answer as far as there is room for it, and by its first items beyond', async () => {
    const room = { bytes: stored.bytes };
    const whole = await showOutputs({ main: stored, other: [{ json: {} }] }, room);
    expect(whole).toEqual({ items: { main: items, other: [{ json: {} }] }, stored: {} });
    expect(room.bytes).toBe(0);
    expect(await showOutputs({ main: stored }, room)).toEqual({
      items: { main: items.slice(0, 100) },
      stored: {
        main: {
          items: 20_000,
          bytes: stored.bytes,
          url: `/api/v1/executions/${executionId}/outputs/n-0-main-x`,
          shortened: false,
        },
      },
    });
  });
});

describe('a file of an item', () => {
  const write = async (content: string) => {
    const file = await openFiles(ada.workspaceId, executionId).write(Buffer.from(content), {
      name: 'a.html',
    });
    return file.id!.split('/').at(-1)!;
  };

  it('is a download for its own workspace, under its name, and never a page', async () => {
    const name = await write('<script>alert(1)</script>');
    const response = await get(ada, executionId, name, { kind: 'file', search: '?as=..%2Fmy%20page.html' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<script>alert(1)</script>');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''my%20page.html");
    expect(response.headers.get('content-security-policy')).toBe('sandbox');
  });

  it('does not exist for anybody else', async () => {
    const name = await write('mine');
    const own = await accept(eve);
    expect((await get(eve, executionId, name, { kind: 'file' })).status).toBe(404);
    expect((await get(eve, own, name, { kind: 'file' })).status).toBe(404);
    expect((await get(ada, executionId, `../${executionId}/${name}`, { kind: 'file' })).status).toBe(404);
  });
});
