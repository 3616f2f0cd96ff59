import { expect, it } from 'vitest';
import { Breather } from './breather.ts';
import { run } from './run.ts';
import { edges, JumpingClock, nodes, type TestNode, testRun } from './testing.ts';

/** Every look at the clock takes a millisecond. */
class BusyClock extends JumpingClock {
  yields = 0;
  onYield: () => void = () => undefined;
  override now = (): number => this.time++;
  override yield = async (): Promise<void> => {
    this.yields++;
    this.onYield();
    await Promise.resolve();
  };
}

const WORK = 1000;
let done = 0;
const busy: TestNode = {
  execute: async ({ items, breathe }) => {
    for (done = 0; done < WORK; done++) {
      const pause = breathe();
      if (pause) await pause;
    }
    return { outputs: { main: items } };
  },
};
function prepare() {
  const test = testRun(
    { name: 'w', nodes: nodes({ s: 'start', b: 'busy' }), edges: edges('s>b'), settings: { timeoutMs: 0 } },
    { start: { trigger: true }, busy },
  );
  const clock = new BusyClock();
  test.ports.clock = clock;
  return { test, clock };
}

it('gives up the thread every few milliseconds, and not more often', async () => {
  const clock = new BusyClock();
  const breather = new Breather(clock);
  for (let i = 0; i < 1000; i++) await breather.pause();
  expect(clock.yields).toBeGreaterThan(60);
  expect(clock.yields).toBeLessThan(130);
});

it('does so in the middle of a node', async () => {
  const { test, clock } = prepare();
  const { state } = await run(test.setup, test.ports, { startNodeId: 's' });
  expect(state.status).toBe('completed');
  expect(clock.yields).toBeGreaterThan(60);
});

it('stops a node that is at work when its execution is cancelled', async () => {
  const { test, clock } = prepare();
  const cancel = new AbortController();
  clock.onYield = () => {
    if (clock.yields === 20) cancel.abort();
  };
  const { state } = await run(test.setup, test.ports, { startNodeId: 's', cancel: cancel.signal });
  expect(state.status).toBe('cancelled');
  expect(done).toBeGreaterThan(100);
  expect(done).toBeLessThan(400);
});
