import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { toTemplate } from '#engine/expression/n8n-syntax.ts';
import { compileTemplate } from '#engine/expression/template.ts';
import { type EvalLine, scopeOf } from './eval-scope.ts';
import { decodeValue, encodeValue } from './eval-values.ts';

/**
 * `eval --jsonl`: one expression a line in, one `{id, value}` or `{id, error}` a line out, in the same order. `expr` is
 * n8n's spelling (`=…`) or a template of ours.
 */
export async function evalJsonl(input: Readable, output: Writable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (!output.write(`${JSON.stringify(evalLine(line))}\n`)) {
      await new Promise<void>((resolve) => output.once('drain', resolve));
    }
  }
}

function evalLine(line: string): { id: unknown; value: unknown } | { id: unknown; error: string } {
  let request: EvalLine;
  try {
    request = decodeValue(JSON.parse(line)) as EvalLine;
  } catch (error) {
    return { id: null, error: `Not a line of JSON: ${messageOf(error)}` };
  }
  try {
    return { id: request.id ?? null, value: encodeValue(evaluate(request)) };
  } catch (error) {
    return { id: request.id ?? null, error: messageOf(error) };
  }
}

function evaluate(request: EvalLine): unknown {
  const { expr } = request;
  if (typeof expr !== 'string') return expr;
  const template = expr.startsWith('=') ? (toTemplate(expr) as string) : expr;
  const compiled = compileTemplate(template);
  return request.parse === true ? template : compiled.render(scopeOf(request), request.itemIndex ?? 0);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
