import { beforeAll, expect, it } from 'vitest';
import { createWorkflow } from '#server/workflows/commands.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

let ada: Person;
let eve: Person;
let id: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  eve = await createPerson('Eve');
  const settings = {
    onError: 'stop',
    timeoutMs: 0,
    executeOnce: false,
    alwaysOutput: false,
    retry: null,
  } as const;
  const node = (name: string, type: string, x: number) => ({
    ...{ id: name, name, type, version: 1, position: { x, y: 0 }, parameters: {}, credentials: {} },
    ...{ disabled: false, notes: '', settings },
  });
  const workflow = await createWorkflow(ada.scope, {
    name: 'Leaving/today',
    workflow: {
      nodes: [node('Start', 'manual-trigger', 0), node('Ask', 'approval', 200)],
      edges: [{ from: { node: 'Start', port: 'main' }, to: { node: 'Ask', port: 'main' } }],
    },
  });
  id = workflow.id;
});

it('a workflow leaves for n8n with a report, and what n8n has comes back', async () => {
  const { text, fileName, report } = await ada.caller().workflows.export({ id, format: 'n8n' });
  expect(fileName).toBe('Leaving-today.n8n.json');
  expect(report?.nodes.map(({ status }) => status)).toEqual(['mapped', 'missing']);
  const back = await ada.caller().workflows.import({ text });
  expect(back.workflow.draft.nodes.map(({ type }) => type)).toEqual(['manual-trigger', 'no-op']);
  expect(back.workflow.draft.edges).toHaveLength(1);
});

it('files of ours need no report', async () => {
  const { report, fileName } = await ada.caller().workflows.export({ id });
  expect([report, fileName]).toEqual([undefined, 'Leaving-today.json']);
});

it('nobody else gets it', async () => {
  await expect(eve.caller().workflows.export({ id, format: 'n8n' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});
