import { NodeError } from '#engine/errors.ts';
import { meets } from '../conditions.ts';
import type { InputOf } from '../fields.ts';
import { implement, type OperationContext, routeItems } from '../implement.ts';
import { switchNode as definition, FALLBACK_PORT, outputPort } from './definition.ts';

type Input = InputOf<(typeof definition)['operations']['default']['fields']>;

export const switchNode = implement(definition, {
  default: (context) => {
    const op = definition.operations.default;
    const ports = typeof op.outputs === 'function' ? op.outputs(context.rawParameters) : op.outputs;
    const names = ports.map((port) => port.name);
    return routeItems(
      context,
      names,
      (_item, i, input) =>
        input.mode === 'expression' ? byNumber(names, input, i) : byRules(context, input, i),
      names[0] ?? 'main',
    );
  },
});

function byRules(context: OperationContext<Input>, input: Input, itemIndex: number): string[] {
  const matched: string[] = [];
  for (const [i, rule] of input.rules.entries()) {
    if (!meets(context, rule.conditions, `rules.${i}.conditions`, itemIndex)) continue;
    matched.push(outputPort(i));
    if (!input.options.allMatching) break;
  }
  if (matched.length > 0 || input.fallback === 'none') return matched;
  if (input.fallback === 'extra') return [FALLBACK_PORT];
  return [outputPort(input.fallback === 'output' ? input.fallbackOutput : 0)];
}

function byNumber(names: string[], { output }: Input, itemIndex: number): string {
  const name = names[output];
  if (name !== undefined) return name;
  throw new NodeError('config', `There is no output ${output}; the outputs are 0 to ${names.length - 1}.`, {
    field: 'output',
    itemIndex,
  });
}
