import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { toNodeErrorData } from '#engine/errors.ts';
import type { CodeRunner } from '#engine/node.ts';
import type { Clock } from '#engine/ports.ts';
import type { Workflow } from '#engine/workflow.ts';
import { localCredentials } from '#nodes/credential-types/from-n8n.ts';
import { parseWorkflow, parseWorkflowText } from '#nodes/parse-workflow.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { type CannedAnswer, createCannedHttp } from '../canned-http.ts';
import { realClock, VirtualClock } from '../clocks.ts';
import { toItems } from '../items.ts';
import { type LocalRunOptions, runLocally } from '../local-run.ts';

/** Lines under way at the same time; answers keep the order of the lines. */
const AT_ONCE = 4;

interface RunLine {
  id?: unknown;
  workflow?: unknown;
  trigger?: { name?: string; items?: unknown };
  /** ISO text or ms: the clock stands there, and waits are skipped. */
  now?: string | number;
  /** Zone of workflows that name none. */
  timezone?: string;
  http?: CannedAnswer[] | null;
  /** What the credentials of an n8n file hold, by their type. */
  credentials?: Record<string, Record<string, unknown>> | null;
}

/** `run --jsonl`: one workflow a line in, `{id, status, error?, nodes}` a line out. A bad line is answered as `error`. */
export async function runJsonl(input: Readable, output: Writable): Promise<void> {
  const code = createCodeRunner();
  const underWay: Promise<object>[] = [];
  const writeNext = async () => {
    const answer = await underWay.shift();
    if (!output.write(`${JSON.stringify(answer)}\n`))
      await new Promise<void>((resolve) => output.once('drain', resolve));
  };
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() === '') continue;
      underWay.push(runLine(line, code));
      if (underWay.length >= AT_ONCE) await writeNext();
    }
    while (underWay.length > 0) await writeNext();
  } finally {
    await code.close();
  }
}

async function runLine(line: string, code: CodeRunner): Promise<object> {
  let id: unknown = null;
  try {
    const request = JSON.parse(line) as RunLine;
    id = request.id ?? null;
    return { id, ...(await runLocally(readWorkflow(request), optionsOf(request, code))) };
  } catch (thrown) {
    const { message, kind } = toNodeErrorData(thrown);
    // What is not a NodeError came from reading the line.
    return { id, status: 'error', error: { message, kind: kind === 'bug' ? 'config' : kind } };
  }
}

function optionsOf({ trigger, now, http, credentials: given }: RunLine, code: CodeRunner): LocalRunOptions {
  const credentials = localCredentials(given ?? {});
  const door = createCannedHttp(http ?? []);
  const start = trigger && {
    name: trigger.name,
    ...(trigger.items === undefined || trigger.items === null ? {} : { items: toItems(trigger.items) }),
  };
  if (now === undefined || now === null)
    return { http: door, credentials, code, clock: realClock, trigger: start };
  const clock = new VirtualClock(readTime(now));
  return { http: door, credentials, code: inside(clock, code), clock, trigger: start };
}

/** The runner's process needs real time, in which the clock must not jump. */
const inside = (clock: VirtualClock & Clock, code: CodeRunner): CodeRunner => ({
  run: (request) => clock.during(() => code.run(request)),
});

function readTime(now: string | number): number {
  const time = typeof now === 'number' ? now : Date.parse(now);
  if (Number.isFinite(time)) return time;
  throw new Error(`“${now}” is no time; write it in ISO form or as ms.`);
}

/** n8n's files without an order are from before it had a choice: breadth first. */
function readWorkflow({ workflow: given, timezone, now, credentials }: RunLine): Workflow {
  const options = { orderDefault: 'breadth-first', ...(credentials ? { credentials } : {}) } as const;
  const { workflow } =
    typeof given === 'string' ? parseWorkflowText(given, options) : parseWorkflow(given, options);
  const zone = timezone !== undefined && !namesZone(given) ? timezone : workflow.settings.timezone;
  const settings = { ...workflow.settings, timezone: zone };
  if (now === undefined || now === null) return { ...workflow, settings };
  // Where time jumps, a time limit says nothing.
  const nodes = workflow.nodes.map((node) => ({ ...node, settings: { ...node.settings, timeoutMs: 0 } }));
  return { ...workflow, nodes, settings: { ...settings, timeoutMs: 0 } };
}

function namesZone(given: unknown): boolean {
  if (typeof given === 'string') return /timezone/.test(given);
  const settings = (given as { settings?: { timezone?: unknown } } | null)?.settings;
  return (
    typeof settings?.timezone === 'string' && settings.timezone !== '' && settings.timezone !== 'DEFAULT'
  );
}
