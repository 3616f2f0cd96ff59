import { cannedAnswers } from './canned-answers.ts';
import type { CaseFiles } from './case-files.ts';
import { isObject, short } from './difference.ts';
import { judgeItems, judgeShapes } from './judge-items.ts';
import type { Row } from './rows.ts';
import type { Measure } from './verdict.ts';

interface RunAnswer {
  status: string;
  error?: { message: string; node?: string };
  nodes?: Record<string, unknown[][][]>;
  order?: string[];
}

/** Workflows with the items that the original gave. */
export function workflowCases(files: CaseFiles): Measure {
  return {
    command: 'run',
    line(row) {
      const { id, now, nock } = row;
      if (isLive(row)) return 'talks to services of the internet, and nobody recorded what they said';
      const placed = files.place(row);
      if ('missing' in placed) return `reads ${placed.missing}, which nobody recorded`;
      return {
        id,
        workflow: withOrder(row, placed.workflow),
        trigger: triggerOf(row.trigger),
        now: now ?? undefined,
        timezone: 'America/New_York',
        http: cannedAnswers(nock),
        credentials: row.credentials ?? undefined,
      };
    },
    judge(row, answer) {
      return judgeRun(row, answer as unknown as RunAnswer);
    },
  };
}

function triggerOf(trigger: unknown): { items: unknown[] } | undefined {
  if (!isObject(trigger) || trigger.input === undefined) return undefined;
  return { items: Array.isArray(trigger.input) ? trigger.input : [trigger.input] };
}

const isLive = ({ source, nock, otherTypes }: Row): boolean =>
  source === 'n8n-test-workflows' &&
  Array.isArray(nock) &&
  nock.length === 0 &&
  Array.isArray(otherTypes) &&
  otherTypes.length > 0;

/** The suites of the engine set the order that they test beside the workflow. */
function withOrder({ suite }: Row, workflow: unknown): unknown {
  if (suite !== 'v1WorkflowExecuteTests' || !isObject(workflow)) return workflow;
  return {
    ...workflow,
    settings: { ...(isObject(workflow.settings) ? workflow.settings : {}), executionOrder: 'v1' },
  };
}

function judgeRun(row: Row, { status, error, nodes = {}, order }: RunAnswer): string | null {
  const failure = error ? `${error.node ? `${error.node}: ` : ''}${error.message}` : status;
  if (row.expectedError !== undefined && row.expectedError !== null) {
    const wanted = String(row.expectedError);
    return error?.message === wanted ? null : `must fail with ${short(wanted)}, ended as ${failure}`;
  }
  if (status !== 'completed' && status !== 'waiting') return `ended as ${failure}`;
  if (Array.isArray(row.expectedOrder) && JSON.stringify(order) !== JSON.stringify(row.expectedOrder))
    return `order: expected ${row.expectedOrder.join(', ')}; ran ${order?.join(', ')}`;
  if (isObject(row.expectedOutputs)) {
    for (const [name, runs] of Object.entries(row.expectedOutputs)) {
      const reason = judgeShapes(runs, nodes[name]);
      if (reason !== null) return `${name}: ${reason}`;
    }
  }
  for (const [name, runs] of Object.entries(isObject(row.expected) ? row.expected : {})) {
    const reason = judgeItems(expectedRuns(row, runs), nodes[name], row.assertBinaryData === true);
    if (reason !== null) return `${name}: ${reason}`;
  }
  return null;
}

/** One suite of the engine writes a run as `[{json: [items]} per output]`. */
function expectedRuns(row: Row, runs: unknown): unknown[] {
  const list = Array.isArray(runs) ? runs : [];
  if (row.suite !== 'v1WorkflowExecuteTests') return list;
  return list.map((outputs: unknown) => {
    const [first] = Array.isArray(outputs) ? outputs : [];
    const items = isObject(first) && Array.isArray(first.json) ? first.json : [];
    return items.map((json: unknown) => ({ json }));
  });
}
