import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { parseWorkflow, parseWorkflowText } from '#nodes/parse-workflow.ts';

/**
 * `import --jsonl`: `{id, workflow}` a line in, `{id, workflow, report}` (ours, and what became of each node) or
 * `{id, error}` a line out. Nothing is kept.
 */
export async function importJsonl(input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (!output.write(`${JSON.stringify(importLine(line))}\n`))
      await new Promise<void>((resolve) => output.once('drain', resolve));
  }
}

function importLine(line: string): object {
  let id: unknown = null;
  try {
    const request = JSON.parse(line) as { id?: unknown; workflow?: unknown };
    id = request.id ?? null;
    const { workflow } = request;
    return { id, ...(typeof workflow === 'string' ? parseWorkflowText(workflow) : parseWorkflow(workflow)) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
