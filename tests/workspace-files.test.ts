import { mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import type { ApiScope } from '#server/api-keys/schema.ts';
import { handleWorkspaceFile } from '#server/rest/workspace-file.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'linkflow-workspace-files-'));
process.env.LINKFLOW_DATA_DIR = folder;
process.env.LINKFLOW_MAX_WORKSPACE_FILE_BYTES = '2000000';
ownDatabase();

let ada: Person;
let bob: Person;
beforeAll(async () => {
  ada = await createPerson('Ada');
  bob = await createPerson('Bob');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const keyOf = async (person: Person, scopes: ApiScope[] = ['files:read', 'files:write']) =>
  (await createApiKey(person.scope, { name: 'files', scopes })).key;

async function content(key: string, filePath: string, body?: BodyInit): Promise<Response> {
  return handleWorkspaceFile(
    new Request(`http://localhost/api/v1/files/content?path=${encodeURIComponent(filePath)}`, {
      method: body === undefined ? 'GET' : 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    } as RequestInit),
  );
}
const kept = () => readdirSync(path.join(folder, 'storage/files', ada.workspaceId, 'kept'));

describe('files of a workspace', () => {
  it('are uploaded, listed, downloaded, replaced and deleted', async () => {
    const key = await keyOf(ada);
    expect((await content(key, 'reports/may ü.csv', 'a,b')).status).toBe(200);
    expect((await content(key, 'reports/may ü.csv', 'a,b,c')).status).toBe(200);
    expect(kept()).toHaveLength(1); // what was replaced is gone

    const answer = await content(key, 'reports/may ü.csv');
    expect(await answer.text()).toBe('a,b,c');
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''may%20%C3%BC.csv");
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');

    const { data } = await ada.caller().files.list({ search: 'MAY' });
    expect(data).toMatchObject([{ path: 'reports/may ü.csv', sizeBytes: 5, mimeType: 'text/plain' }]);
    expect(await ada.caller().files.usage()).toEqual({ files: 1, usedBytes: 5, maxBytes: 2_000_000 });

    await ada.caller().files.delete({ path: 'reports/may ü.csv' });
    expect(kept()).toEqual([]);
    expect((await content(key, 'reports/may ü.csv')).status).toBe(404);
  });

  it('come page by page', async () => {
    const key = await keyOf(ada);
    for (const name of ['a', 'B', 'c%', 'd_']) await content(key, `page/${name}.txt`, name);
    const first = await ada.caller().files.list({ search: 'page/', limit: 3 });
    expect(first.data.map((f) => f.path)).toEqual(['page/B.txt', 'page/a.txt', 'page/c%.txt']);
    const rest = await ada.caller().files.list({ search: 'page/', limit: 3, cursor: first.nextCursor! });
    expect(rest).toMatchObject({ data: [{ path: 'page/d_.txt' }], nextCursor: null });
    // what is searched for is text, and no pattern
    expect((await ada.caller().files.list({ search: '%.t' })).data.map((f) => f.path)).toEqual([
      'page/c%.txt',
    ]);
  });

  it.each(['../secret', '/etc/passwd', 'a//b', '', 'a\0b', 'a\\b'])('refuse the path %j', async (wanted) => {
    const before = kept();
    const { status } = await content(await keyOf(ada), wanted, 'x');
    expect(wanted === '/etc/passwd' ? [200, 400] : [400]).toContain(status);
    if (status === 400) expect(kept()).toEqual(before);
  });

  it('refuse what takes too much room, and keep nothing of it', async () => {
    const before = kept();
    const answer = await content(await keyOf(ada), 'huge.bin', Buffer.alloc(2_500_000));
    expect(answer.status).toBe(413);
    expect(kept()).toEqual(before);
  });

  it('are those of one’s own workspace', async () => {
    await content(await keyOf(ada), 'mine.txt', 'mine');
    expect((await content(await keyOf(bob), 'mine.txt')).status).toBe(404);
    expect((await bob.caller().files.list({})).data).toEqual([]);
  });

  it('ask for a key that may', async () => {
    const reader = await keyOf(ada, ['files:read']);
    expect((await content(reader, 'mine.txt')).status).toBe(200);
    expect((await content(reader, 'mine.txt', 'other')).status).toBe(403);
    expect((await content(await keyOf(ada, ['workflows:read']), 'mine.txt')).status).toBe(403);
    expect((await content('lf_nobody', 'mine.txt')).status).toBe(401);
  });
});
