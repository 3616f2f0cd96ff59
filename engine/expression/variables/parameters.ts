import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { renderNested } from '../nested.ts';
import type { NodeView } from '../scope.ts';
import { View } from '../values.ts';

/** A parameter may name a parameter that names a parameter …, but not in a circle. */
const MAX_NESTING = 8;

/** The parameters of a node with their templates rendered for the current item, each when it is read. */
export function parametersView(ctx: Context, node: NodeView): View {
  return new View(Object.keys(node.parameters), (key) => {
    const name = key.startsWith('&') ? key.slice(1) : key;
    const raw = Object.hasOwn(node.parameters, name) ? node.parameters[name] : undefined;
    return renderParameter(ctx, raw);
  });
}

function renderParameter(ctx: Context, raw: unknown): unknown {
  ctx.step(20);
  if (ctx.nesting >= MAX_NESTING) throw new ExpressionError('Parameters refer to each other in a circle');
  return renderNested(raw, ctx);
}
