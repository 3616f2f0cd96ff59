import { describe, expect, it } from 'vitest';
import { NodeError, type NodeErrorData, toNodeErrorData } from '#engine/errors.ts';
import type { HttpDoor, HttpRequest, HttpResponse } from '#engine/node.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { MAX_PER_WORKSPACE } from './memory.ts';
import type { CircuitStore } from './store.ts';

const answer = (status: number): HttpResponse => ({
  status,
  statusText: '',
  headers: {},
  body: new Uint8Array(),
  url: '',
});

/** A door whose answers the test decides, and that counts what went out. */
function fakeDoor() {
  const door = {
    calls: [] as string[],
    reply: (_asked: HttpRequest): Promise<HttpResponse> => Promise.resolve(answer(200)),
    request(asked: HttpRequest) {
      door.calls.push(asked.url);
      return door.reply(asked);
    },
  };
  return door;
}

/** A table that stands empty and remembers what it was asked. */
function fakeStore(overrides: Partial<CircuitStore> = {}) {
  const asked: string[] = [];
  const store: CircuitStore = {
    listOpen: (ids) => {
      asked.push(`list ${ids.join()}`);
      return Promise.reject(new Error('away'));
    },
    save: (key, circuit) => {
      asked.push(`save ${key.host} ${circuit.state}`);
      return Promise.resolve();
    },
    claimTrial: (key) => {
      asked.push(`claim ${key.host}`);
      return Promise.resolve(true);
    },
    ...overrides,
  };
  return { asked, store };
}

function setUp(overrides: Partial<CircuitStore> = {}) {
  let now = 1_000_000;
  const { asked, store } = fakeStore(overrides);
  const breaker = createBreaker({ store, now: () => now, random: () => 0, patienceMs: 20 });
  return { breaker, door: fakeDoor(), asked, wait: (ms: number) => (now += ms) };
}

const get = (door: HttpDoor, url: string, more: Partial<HttpRequest> = {}) =>
  door.request({ method: 'GET', url, ...more });
const failureOf = (work: Promise<unknown>): Promise<NodeErrorData | null> =>
  work.then(() => null, toNodeErrorData);

const URL_A = 'https://a.example/x?secret=1';
async function open(breaker: Breaker, door: ReturnType<typeof fakeDoor>, workspace = 'w1', url = URL_A) {
  door.reply = () => Promise.resolve(answer(503));
  for (let i = 0; i < 5; i++) await get(breaker.guard(door, workspace), url);
}

describe('the breaker', () => {
  it('stops calling a host after five failures in a row, whichever execution made them', async () => {
    const { breaker, door } = setUp();
    await open(breaker, door);
    const failure = await failureOf(get(breaker.guard(door, 'w1'), 'https://a.example/other'));
    expect(failure?.message).toBe('a.example was not called: it fails again and again.');
    expect(failure).toMatchObject({ kind: 'upstream', retryable: true, retryAfterMs: 30_100 });
    expect(door.calls).toHaveLength(5);
  });

  it('keeps workspaces, ports and credentials apart', async () => {
    const { breaker, door } = setUp();
    await open(breaker, door);
    await get(breaker.guard(door, 'w2'), URL_A);
    await get(breaker.guard(door, 'w1'), 'https://a.example:8443/x');
    await get(breaker.guard(door, 'w1'), URL_A, { credentialId: 'c1' });
    expect(door.calls).toHaveLength(8);
    expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).not.toBeNull();
  });

  it('sends one trial when the pause is over, however many callers wait', async () => {
    const { breaker, door, wait } = setUp();
    await open(breaker, door);
    wait(30_000);
    const gate = Promise.withResolvers<HttpResponse>();
    door.reply = () => gate.promise;
    const callers = Array.from({ length: 20 }, () => failureOf(get(breaker.guard(door, 'w1'), URL_A)));
    await Promise.race(callers.map((caller) => caller.then((failure) => failure ?? Promise.reject())));
    gate.resolve(answer(200));
    const failures = await Promise.all(callers);
    expect(door.calls).toHaveLength(6);
    expect(failures.filter((failure) => failure === null)).toHaveLength(1);
    expect(failures.find((failure) => failure)?.detail).toContain('A trial call is under way');
    expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).toBeNull();
  });

  it('works without a database, be it refused or silent', async () => {
    const never = () => new Promise<never>(() => undefined);
    const away = () => Promise.reject(new Error('away'));
    for (const gone of [away, never]) {
      const { breaker, door, wait } = setUp({ listOpen: gone, save: gone, claimTrial: gone });
      await open(breaker, door);
      expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).not.toBeNull();
      wait(30_000);
      door.reply = () => Promise.resolve(answer(200));
      expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).toBeNull();
      expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).toBeNull();
    }
  });

  it('tells the table about changes of state only, and again after it was away', async () => {
    let away = true;
    const saved: string[] = [];
    const { breaker, door, wait } = setUp({
      save: (key, circuit) => {
        if (away) return Promise.reject(new Error('away'));
        saved.push(`${key.host} ${circuit.state} ${circuit.failures}`);
        return Promise.resolve();
      },
    });
    await open(breaker, door);
    await breaker.idle();
    away = false;
    wait(2_000);
    expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).not.toBeNull();
    await breaker.idle();
    expect(saved).toEqual(['a.example open 5']);
  });

  it('asks the table nothing about healthy hosts but one look every two seconds', async () => {
    const { breaker, door, asked, wait } = setUp({});
    for (let i = 0; i < 1_000; i++) await get(breaker.guard(door, `w${i % 3}`), `https://h${i}.example/`);
    await expect.poll(() => asked).toEqual(['list w0']);
    wait(2_000);
    await get(breaker.guard(door, 'w1'), URL_A);
    await expect.poll(() => asked).toEqual(['list w0', 'list w1,w2,w0']);
  });

  it('counts a time limit of a node once, however many calls it cut off, and a cancelled one not at all', async () => {
    const { breaker, door } = setUp();
    const guarded = breaker.guard(door, 'w1');
    const cutOff = async (reason: unknown) => {
      const node = new AbortController();
      door.reply = ({ signal }) =>
        new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason)));
      const calls = Array.from({ length: 10 }, () => failureOf(get(guarded, URL_A, { signal: node.signal })));
      node.abort(reason);
      await Promise.all(calls);
    };
    for (let i = 0; i < 10; i++) await cutOff(new NodeError('stopped', 'The execution was cancelled.'));
    for (let i = 0; i < 4; i++) await cutOff(new NodeError('timeout', '“Call” took longer than 5 ms.'));
    door.reply = () => Promise.resolve(answer(503));
    await get(guarded, URL_A);
    expect(door.calls).toHaveLength(141);
    expect((await failureOf(get(guarded, URL_A)))?.message).toContain('was not called');
  });

  it('remembers a bounded number of hosts of a workspace, and open ones before others', async () => {
    const { breaker, door } = setUp();
    await open(breaker, door);
    door.reply = () => Promise.resolve(answer(500));
    for (let i = 0; i < MAX_PER_WORKSPACE * 3; i++)
      await get(breaker.guard(door, 'w1'), `https://h${i}.example/`);
    expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).not.toBeNull();
    for (let i = 0; i < MAX_PER_WORKSPACE; i++) await open(breaker, door, 'w1', `https://open${i}.example/`);
    expect(await failureOf(get(breaker.guard(door, 'w1'), URL_A))).toBeNull();
  });

  it('leaves what is no URL to the door', async () => {
    const { breaker, door } = setUp();
    const wrong = new NodeError('config', 'This is not a URL that can be called');
    door.reply = () => Promise.reject(wrong);
    for (let i = 0; i < 10; i++)
      expect(await failureOf(get(breaker.guard(door, 'w1'), 'nonsense'))).toBe(wrong.data);
  });
});
