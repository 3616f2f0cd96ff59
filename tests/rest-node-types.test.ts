import { beforeAll, expect, it } from 'vitest';
import { definitions } from '#nodes/definitions.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson } from './support/people.ts';
import { type Call, restOf } from './support/rest-calls.ts';

ownDatabase();

interface Page {
  data: { type: string; category: string }[];
  nextCursor: string | null;
}
let call: Call;
beforeAll(async () => {
  call = await restOf(await createPerson('Ada'));
});
const types = async (query: string) =>
  (await call<Page>('GET', `/node-types?${query}`)).body.data.map(({ type }) => type);

it('lists what may be added, found by words, category and kind', async () => {
  const all = await types('limit=500');
  expect(all.length).toBeGreaterThan(40);
  expect(all).not.toContain('placeholder');
  expect(await types('search=cron')).toEqual(['schedule-trigger']);
  expect(await types('search=http url')).toContain('http-request');
  expect(await types('search=zzz')).toEqual([]);
  const logic = (await call<Page>('GET', '/node-types?category=Logic')).body.data;
  expect(new Set(logic.map(({ category }) => category))).toEqual(new Set(['Logic']));
  expect(await types('kind=trigger')).toContain('webhook-trigger');
  expect((await call('GET', '/node-types?category=Magic')).status).toBe(400);
  const { body } = await call<Page>('GET', '/node-types?limit=10');
  expect(await types(`limit=500&cursor=${body.nextCursor}`)).toEqual(all.slice(10));
});

it('describes every one of them', async () => {
  for (const { type, version } of definitions) {
    const { status, body } = await call('GET', `/node-types/${type}?version=${version}`);
    expect([type, status]).toEqual([type, 200]);
    expect(body).toMatchObject({ type, version });
  }
  const { body } = await call<{ operations: { parameters: { properties: object }; outputs: string[] }[] }>(
    'GET',
    '/node-types/schedule-trigger',
  );
  expect(body.operations[0]!.parameters.properties).toHaveProperty('rules');
  expect(body.operations[0]!.outputs).toEqual(['main']);
  expect((await call('GET', '/node-types/nothing')).status).toBe(404);
  expect((await call('GET', '/node-types/set?version=99')).status).toBe(404);
});
