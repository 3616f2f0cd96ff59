import autocannon from 'autocannon';
import { Pool } from 'undici';

const headers = { 'content-type': 'application/json' };

export interface Load {
  accepted: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers other than 2xx, and calls without an answer. */
  errors: number;
}

/** It looks this often whether it has done its amount: with its default, a second, every rate would be too low by up to that. */
const SAMPLE_MS = 20;

/**
 * Calls a webhook as fast as it answers, from this many connections: for so many seconds, or until so many were accepted.
 * In a thread of its own it does not disturb what is timed in this one meanwhile.
 */
export async function post(
  url: string,
  connections: number,
  until: { seconds: number } | { amount: number },
  { ownThread = false } = {},
): Promise<Load> {
  const run = await autocannon({
    url,
    connections,
    sampleInt: SAMPLE_MS,
    ...(ownThread ? { workers: 1 } : {}),
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.amount }),
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'Ada' }),
  });
  return {
    accepted: run['2xx'],
    seconds: run.duration,
    perSecond: run['2xx'] / run.duration,
    p50: run.latency.p50,
    p99: run.latency.p99,
    errors: run.non2xx + run.errors,
  };
}

/** Callers that each wait for their answer before the next call. Gives the time of every call (ms) and calls per second. */
export async function callAndWait(
  url: string,
  callers: number,
  until: { seconds: number } | { calls: number },
  body: unknown = { name: 'Ada' },
): Promise<{ times: number[]; perSecond: number }> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: callers });
  const payload = JSON.stringify(body);
  const times: number[] = [];
  const began = performance.now();
  const goesOn = () =>
    'seconds' in until ? performance.now() - began < until.seconds * 1000 : times.length < until.calls;
  const caller = async () => {
    while (goesOn()) {
      const sent = performance.now();
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body: payload });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${text.slice(0, 300)}`);
      times.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: callers }, caller));
    return { times, perSecond: times.length / ((performance.now() - began) / 1000) };
  } finally {
    await pool.close();
  }
}
