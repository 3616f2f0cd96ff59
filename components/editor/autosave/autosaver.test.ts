import { describe, expect, it } from 'vitest';
import { emptyWorkflow, type Workflow } from '#engine/workflow.ts';
import { type AutosaverPorts, createAutosaver, type SaveFailure, type SaveStatus } from './autosaver.ts';

const draft = (name: string): Workflow => emptyWorkflow(name);

function setUp(answers: (SaveFailure | 'ok')[] = []) {
  const sent: { name: string; revision: number | undefined }[] = [];
  const statuses: SaveStatus[] = [];
  const delays: number[] = [];
  let task: (() => void) | null = null;
  let kept: Workflow | null = null;
  let revision = 1;
  const ports: AutosaverPorts<{ revision: number }> = {
    async save(d, base) {
      sent.push({ name: d.name, revision: base });
      const answer = answers.shift() ?? 'ok';
      if (answer !== 'ok') throw new Error(answer);
      return { revision: ++revision };
    },
    classify: (error) => (error as Error).message as SaveFailure,
    onStatus: (s) => statuses.push(s),
    onSaved: () => undefined,
    later(next, ms) {
      task = next;
      delays.push(ms);
      return () => {
        task = null;
      };
    },
    keepLocally: (copy) => {
      kept = copy?.draft ?? null;
    },
  };
  const saver = createAutosaver(1, ports);
  const tick = async () => {
    const due = task;
    task = null;
    (due as (() => void) | null)?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { saver, sent, statuses, delays, tick, kept: () => kept };
}

describe('autosave', () => {
  it('sends only the newest draft, with the revision it is based on', async () => {
    const { saver, sent, tick } = setUp();
    saver.changed(draft('one'));
    saver.changed(draft('two'));
    await tick();
    saver.changed(draft('three'));
    await tick();
    expect(sent).toEqual([
      { name: 'two', revision: 1 },
      { name: 'three', revision: 2 },
    ]);
    expect(saver.status()).toBe('saved');
  });

  it('keeps a copy and tries again, ever slower, when the network fails', async () => {
    const { saver, sent, delays, tick, kept } = setUp(['network', 'network', 'ok']);
    saver.changed(draft('one'));
    await tick();
    expect(saver.status()).toBe('offline');
    expect(kept()?.name).toBe('one');
    await tick();
    await tick();
    expect(delays).toEqual([800, 1000, 2000]);
    expect(sent).toHaveLength(3);
    expect(saver.status()).toBe('saved');
    expect(kept()).toBeNull();
  });

  it('stops at a conflict until the user decides, and overwrites only then', async () => {
    const { saver, sent, tick } = setUp(['conflict', 'ok']);
    saver.changed(draft('mine'));
    await tick();
    expect(saver.status()).toBe('conflict');
    saver.changed(draft('mine, newer'));
    await tick();
    expect(sent).toHaveLength(1);
    await expect(saver.flush()).rejects.toThrow();
    await saver.overwrite();
    expect(sent.at(-1)).toEqual({ name: 'mine, newer', revision: undefined });
    expect(saver.status()).toBe('saved');
  });

  it('goes on from their revision when theirs was taken', async () => {
    const { saver, sent, tick, kept } = setUp(['conflict', 'ok']);
    saver.changed(draft('mine'));
    await tick();
    saver.accept(9);
    expect(kept()).toBeNull();
    saver.changed(draft('next'));
    await tick();
    expect(sent.at(-1)).toEqual({ name: 'next', revision: 9 });
  });

  it('flush waits until the newest draft is there', async () => {
    const { saver, sent } = setUp();
    saver.changed(draft('one'));
    const done = saver.flush();
    saver.changed(draft('two'));
    await done;
    expect(sent.map((s) => s.name)).toEqual(['one', 'two']);
  });
});
