import { expect } from 'vitest';
import type { JsonObject, PortItems } from '#engine/item.ts';
import { jsonOf, runNode, toItems } from '../testing.ts';
import { inputPort } from './definition.ts';
import { voteNode } from './execute.ts';

/** One item per input; undefined: nothing arrived there. */
export const ports = (...jsons: (JsonObject | undefined)[]): PortItems =>
  Object.fromEntries(jsons.map((json, i) => [inputPort(i), json ? toItems(json) : []]));
export const choices = (...list: unknown[]) => ports(...list.map((choice) => ({ choice })));
/** Runs the node on these inputs; everything is decided on the field `choice` unless said otherwise. */
export async function run(parameters: JsonObject, inputs: PortItems) {
  const all = { choice: 'choice', inputs: Object.keys(inputs).length, ...parameters };
  const result = await runNode(voteNode, { parameters: all, inputs });
  const port = result.outputs.decided!.length > 0 ? 'decided' : 'undecided';
  return { port, json: jsonOf(result, port)[0]!, items: result.outputs[port]! };
}
/** What it fails with. */
export const failure = (parameters: JsonObject, inputs: PortItems) =>
  run(parameters, inputs).then(
    () => expect.unreachable(),
    (error) => error.data,
  );
export const weights = (...list: number[]) => ({ inputWeights: list.map((weight) => ({ weight })) });

export const numbers = (...list: unknown[]) => ports(...list.map((n) => ({ n })));
