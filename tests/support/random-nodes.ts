import { NodeError } from '#engine/errors.ts';
import type { NodeRunRef } from '#engine/events.ts';
import type { Item } from '#engine/item.ts';
import type { ExecuteContext, NodeResult } from '#engine/node.ts';
import type { TestNode } from '#engine/testing.ts';
import type { Effect } from './faulty-lives.ts';

/** The node types of random workflows. What they give depends on their input and the attempt only; `record` is the outside. */
export function randomNodes(record: (effect: Effect, run: NodeRunRef) => void): Record<string, TestNode> {
  const write = (context: ExecuteContext) => {
    const { items, node, run, attempt, idempotencyKey } = context;
    items.forEach((item, i) => {
      record({ key: idempotencyKey(i), attempt, payload: JSON.stringify(item.json) }, { node: node.id, run });
    });
  };
  const waitFor = (ms: number): TestNode => ({
    execute: (context) => ({
      outputs: { main: marked(context) },
      wait: { until: context.services.now() + ms, completeWithOutputs: true },
    }),
  });
  const merge = (inputs: string[]): TestNode => ({
    inputs,
    execute: (context) => ({
      outputs: {
        main: marked(
          context,
          inputs.flatMap((name) => context.inputs[name] ?? []),
        ),
      },
    }),
  });
  return {
    start: { trigger: true },
    pass: { execute: (context) => ({ outputs: { main: marked(context) } }) },
    slow: {
      effect: 'read',
      execute: async (context) => {
        await tick();
        return { outputs: { main: marked(context) } };
      },
    },
    drop: { execute: () => ({ outputs: { main: [] } }) },
    write: {
      effect: 'write',
      execute: async (context) => {
        if (context.run % 2 === 1) await tick();
        write(context);
        return { outputs: { main: marked(context) } };
      },
    },
    flaky: {
      execute: (context) => {
        if (context.attempt < 3) throw new NodeError('upstream', 'not yet');
        return { outputs: { main: marked(context) } };
      },
    },
    // its first attempt arrives although the answer is lost, as calls do that time out
    flakyWrite: {
      effect: 'write',
      execute: (context) => {
        if (context.attempt !== 2) write(context);
        if (context.attempt < 3) throw new NodeError('timeout', 'no answer');
        return { outputs: { main: marked(context) } };
      },
    },
    shortWait: waitFor(2_000),
    longWait: waitFor(3_600_000),
    branch: {
      cycle: 'branch',
      outputs: ['true', 'false'],
      execute: ({ items }) => ({
        outputs: {
          true: items.filter((i) => (i.json.n as number) % 2 === 0),
          false: items.filter((i) => (i.json.n as number) % 2 === 1),
        },
      }),
    },
    merge2: merge(['input1', 'input2']),
    merge3: merge(['input1', 'input2', 'input3']),
    loop: {
      cycle: 'loop',
      outputs: ['done', 'loop'],
      execute: async ({ loop }): Promise<NodeResult> => {
        const batch = loop!.entered.slice(loop!.iteration, loop!.iteration + 1);
        return { outputs: batch.length > 0 ? { loop: batch } : { done: await loop!.returned() } };
      },
    },
    fail: { execute: () => Promise.reject(new NodeError('config', 'wrong')) },
  };
}

/** Items that say which way they came. */
const marked = ({ node, items }: ExecuteContext, joined: Item[] = items): Item[] =>
  joined.map((item) => ({ json: { ...item.json, trail: `${item.json.trail}>${node.id}` } }));
const tick = () => new Promise((resolve) => setImmediate(resolve));
