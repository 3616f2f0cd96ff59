import type { Context } from './context.ts';
import type { Result } from './result.ts';
import { accept } from './scenarios/accept.ts';
import { answer } from './scenarios/answer.ts';
import { apiLatency } from './scenarios/api-latency.ts';
import { backlog } from './scenarios/backlog.ts';
import { cpu } from './scenarios/cpu.ts';
import { endToEnd } from './scenarios/end-to-end.ts';
import { live } from './scenarios/live.ts';
import { items } from './scenarios/many-items.ts';
import { memory } from './scenarios/memory.ts';
import { parallel } from './scenarios/parallel-calls.ts';
import { recovery } from './scenarios/recovery.ts';
import { retention } from './scenarios/retention.ts';
import { shapes } from './scenarios/shapes.ts';
import { startLatency } from './scenarios/start-latency.ts';
import { waiting } from './scenarios/waiting.ts';

/** In the order in which they run: those that share one warm product first. */
export const SCENARIOS: Record<string, (context: Context) => Promise<Result[]>> = {
  'start-latency': startLatency,
  live,
  answer,
  shapes,
  parallel,
  cpu,
  accept,
  'end-to-end': endToEnd,
  recovery,
  backlog,
  api: apiLatency,
  items,
  waiting,
  memory,
  retention,
};
