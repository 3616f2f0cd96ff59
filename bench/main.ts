import { writeFileSync } from 'node:fs';
import path from 'node:path';
import autocannon from 'autocannon';
import { build } from '../scripts/build.ts';
import { startSystem } from '../tests/support/system.ts';
import { type Api, activate, connect } from './api.ts';
import { measureProcesses } from './processes.ts';
import { setIfSet } from './workflows.ts';

/** `npm run bench`: starts the product as `npm start` does, loads it from this same machine, prints a table. */
interface Result {
  name: string;
  value: string;
}
const results: Result[] = [];
const record = (name: string, value: string) => {
  results.push({ name, value });
  console.log(`${name.padEnd(62)} ${value}`);
};
const percentile = (values: number[], p: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor((p / 100) * values.length))] ??
  Number.NaN;
const spread = (values: number[]) =>
  `p50 ${percentile(values, 50).toFixed(1)} · p95 ${percentile(values, 95).toFixed(1)} · p99 ${percentile(values, 99).toFixed(1)} ms`;

build();
const system = await startSystem({ env: { LINKFLOW_LOG_LEVEL: 'error' } });
try {
  const api = connect(system.url, system.dataDir);
  const hook = await activate(api, setIfSet());
  await load(hook.url, 10, 2); // warm
  await drained(api);
  memory('memory after warm-up');
  await startLatency(hook.url, api);
  await answerLatency(api);
  await accept(hook.url, api);
  memory('memory after load');
} finally {
  await system.stop();
}
writeFileSync(
  path.join(import.meta.dirname, 'results.json'),
  `${JSON.stringify({ at: new Date().toISOString(), node: process.version, results }, null, 2)}\n`,
);

function load(url: string, connections: number, seconds: number) {
  return autocannon({
    url,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada' }),
  });
}

/** Executions that have not ended, as the metrics say. */
async function open(): Promise<number> {
  const text = await (await fetch(`${system.url}/metrics`)).text();
  return [...text.matchAll(/^linkflow_executions\{[^}]*\} (\d+)/gm)].reduce(
    (sum, m) => sum + Number(m[1]),
    0,
  );
}
async function drained(_api: Api): Promise<void> {
  while ((await open()) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function accept(url: string, api: Api): Promise<void> {
  const cpuBefore = cpu();
  const began = performance.now();
  const run = await load(url, 50, 10);
  const loaded = performance.now();
  await drained(api);
  const ended = performance.now();
  const accepted = run['2xx'];
  const cpuPer = (cpu() - cpuBefore) / accepted;
  record(
    'webhook accepted (committed), 50 connections, 10 s',
    `${run.requests.average.toFixed(0)}/s · p50 ${run.latency.p50} · p95 ${run.latency.p97_5} (p97.5) · p99 ${run.latency.p99} ms · ${run.non2xx + run.errors} errors`,
  );
  record(
    'executions completed while accepting and after, until none is open',
    `${(accepted / ((ended - began) / 1000)).toFixed(0)}/s (${accepted} in ${((ended - began) / 1000).toFixed(1)} s)`,
  );
  record('backlog left when the load ended, drained in', `${((ended - loaded) / 1000).toFixed(1)} s`);
  record('CPU of all processes per execution (webhook → set → if → set)', `${cpuPer.toFixed(2)} ms`);
}

function cpu(): number {
  return Object.values(measureProcesses(system.process.pid!)).reduce((sum, p) => sum + p.cpuMs, 0);
}

/** From the committed row to the start of the first node, and from an event on the worker to a listening client. */
async function startLatency(url: string, api: Api): Promise<void> {
  const starts: number[] = [];
  const events: number[] = [];
  for (let i = 0; i < 60; i++) {
    const sent = performance.timeOrigin + performance.now();
    const { executionId } = (await (
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Ada"}',
      })
    ).json()) as { executionId: string };
    const stream = await fetch(`${system.url}/api/v1/executions/${executionId}/events`, {
      headers: { authorization: `Bearer ${api.key}` },
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes('event: execution.completed')) break;
    }
    const arrived = performance.timeOrigin + performance.now();
    const all = [...text.matchAll(/^data: (.*)$/gm)].map(
      (m) => JSON.parse(m[1]!) as { type: string; at: number },
    );
    const first = all.find((e) => e.type === 'node.started');
    const last = all.find((e) => e.type === 'execution.completed');
    if (first) starts.push(first.at - sent);
    if (last) events.push(arrived - last.at);
  }
  record('start latency, idle: call sent → first node starts', spread(starts));
  record('live latency, idle: event on the worker → seen by an SSE client', spread(events));
}

/** A caller that waits for the last node. */
async function answerLatency(api: Api): Promise<void> {
  const { url } = await activate(api, setIfSet('last-node'));
  const times: number[] = [];
  for (let i = 0; i < 100; i++) {
    const began = performance.now();
    await (
      await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Ada"}',
      })
    ).text();
    times.push(performance.now() - began);
  }
  record('webhook answered with the last node’s items, one connection', spread(times));
}

function memory(name: string): void {
  const processes = measureProcesses(system.process.pid!);
  const total = Object.values(processes).reduce((sum, p) => sum + p.memoryMb, 0);
  record(
    name,
    `${Object.entries(processes)
      .map(([n, p]) => `${n} ${p.memoryMb.toFixed(0)}`)
      .join(' · ')} · all ${total.toFixed(0)} MB`,
  );
}
