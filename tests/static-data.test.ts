import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { readEvents } from '#server/executions/journal.ts';
import { openStaticData } from '#server/workflows/static-data.ts';
import { type RunningWorker, startWorker } from '#worker/worker.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { edges, node } from './support/workflows.ts';
import { createWorkflow, untilAllEnded } from './support/workload.ts';

ownDatabase();

let ada: Person;
let worker: RunningWorker;
beforeAll(async () => {
  ada = await createPerson();
  worker = await startWorker();
});
afterAll(() => worker.stop());

it('what code remembers is there in the next execution, and trying out does not change it', async () => {
  const version = await createWorkflow(ada, {
    name: 'counts',
    nodes: [
      node('start', 'manual-trigger'),
      node('count', 'code', {
        source: `const all = $getWorkflowStaticData('global'); const mine = $getWorkflowStaticData('node');
          all.n = (all.n ?? 0) + 1; mine.last = all.n; return [{ n: all.n }];`,
      }),
    ],
    edges: edges('start>count'),
  });
  const run = async (mode: 'webhook' | 'manual') => {
    const { executionId } = await acceptExecution({
      ...version,
      workspaceId: ada.workspaceId,
      mode,
      trigger: { nodeId: 'start', items: [{ json: {} }] },
    });
    await untilAllEnded([executionId], 20);
    const done = (await readEvents(executionId)).find(
      (e) => e.type === 'node.completed' && e.node === 'count',
    );
    return done?.type === 'node.completed' ? done.outputs.main : done;
  };
  const counts = [];
  for (const mode of ['webhook', 'manual', 'webhook'] as const) counts.push(await run(mode));
  expect(counts).toMatchObject([[{ json: { n: 1 } }], [{ json: { n: 2 } }], [{ json: { n: 2 } }]]);
  expect(await openStaticData(version.workflowId).read('count')).toEqual({
    global: { n: 2 },
    node: { last: 2 },
  });
  expect(await openStaticData(newId()).read('count')).toEqual({ global: {}, node: {} });
});
