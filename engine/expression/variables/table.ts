import { toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { nowOf } from '../natives/luxon-clock.ts';
import { activePort } from '../paired.ts';
import { Native, table, View } from '../values.ts';
import { calledTool, fromModel } from './from-model.ts';
import { currentItem, filesView, inputItems, itemView, itemViews } from './items.ts';
import { itemsOf, legacyNode } from './node-reference.ts';
import { parametersView } from './parameters.ts';

type Reader = (ctx: Context) => unknown;

const json: Reader = (ctx) => ctx.data(currentItem(ctx).json);
const fn = (name: string, call: (ctx: Context, args: readonly unknown[]) => unknown): Reader => {
  const native = new Native(name, (ctx, _self, args) => call(ctx, args));
  return () => native;
};
const model = fn('$fromAI', fromModel);

/** Every name that starts with `$`. Each is worked out when it is read. */
export const VARIABLES: Record<string, Reader> = table<Reader>({
  // `$` alone is nothing; `$('Node')` is compiled as a whole (compile/call.ts).
  $: () => {
    throw new ExpressionError("$ is a function: write $('Node name')");
  },
  $json: json,
  $data: json,
  $binary: (ctx) => filesView(currentItem(ctx).files ?? {}),
  $input: (ctx) => inputView(ctx),
  $node: (ctx) => new View([], (key) => legacyNode(ctx, key, ctx.itemIndex)),
  $items: fn('$items', (ctx, args) =>
    args[0] === undefined ? itemViews(ctx, inputItems(ctx)) : itemsOf(ctx, args),
  ),
  $item: fn('$item', (ctx, [index]) => otherItem(ctx, toNumber(ctx, index))),
  $itemIndex: (ctx) => ctx.itemIndex,
  $position: (ctx) => ctx.itemIndex,
  $runIndex: (ctx) => ctx.scope.runIndex,
  $thisItem: (ctx) => itemView(ctx, currentItem(ctx)),
  $thisItemIndex: (ctx) => ctx.itemIndex,
  $thisRunIndex: (ctx) => ctx.scope.runIndex,
  $prevNode: (ctx) => previousNode(ctx),
  $workflow: (ctx) => ({
    active: ctx.scope.workflow.active,
    id: ctx.scope.workflow.id,
    name: ctx.scope.workflow.name,
  }),
  $execution: (ctx) => executionView(ctx),
  $executionId: (ctx) => ctx.scope.execution.id,
  $resumeWebhookUrl: (ctx) => ctx.scope.execution.resumeUrl,
  $mode: (ctx) => ctx.scope.execution.mode,
  $parameter: (ctx) => parametersView(ctx, ctx.scope.node),
  $rawParameter: (ctx) => ctx.data(ctx.scope.node.parameters),
  $nodeId: (ctx) => ctx.scope.node.id,
  $nodeVersion: (ctx) => ctx.scope.node.version,
  $self: (ctx) => ctx.data(ctx.scope.node.context),
  $now: nowOf,
  $today: (ctx) => nowOf(ctx).startOf('day'),
  $vars: (ctx) => ctx.data(ctx.scope.vars),
  $env: (ctx) => environment(ctx),
  $tool: (ctx) => calledTool(ctx),
  $fromAI: model,
  $fromAi: model,
  $fromai: model,
  $evaluateExpression: fn('$evaluateExpression', (ctx, [source]) => {
    // Only text of the workflow's author may be a program; text that came as data never is.
    throw new ExpressionError(
      `$evaluateExpression is not available (${toText(ctx, source).length} characters given)`,
    );
  }),
});

function inputView(ctx: Context): View {
  return new View(['item', 'params', 'context'], (key) => {
    switch (key) {
      case 'item':
        return itemView(ctx, currentItem(ctx));
      case 'first':
      case 'last':
      case 'all':
        return new Native(key, (inner, _self, args) => {
          if (args.length > 0) throw new ExpressionError(`$input.${key}() takes no arguments`);
          const items = inputItems(inner);
          if (key === 'all') return itemViews(inner, items);
          const item = key === 'first' ? items[0] : items.at(-1);
          return item && itemView(inner, item);
        });
      case 'params': {
        const node = sourceNode(ctx);
        return node && parametersView(ctx, node);
      }
      case 'context': {
        const node = sourceNode(ctx);
        return ctx.data(node?.context ?? {});
      }
      default:
        return undefined;
    }
  });
}

function source(ctx: Context) {
  const { sources } = ctx.scope;
  const port = activePort(ctx.scope);
  return (port === undefined ? undefined : sources[port]?.[0]) ?? Object.values(sources).flat()[0];
}

const sourceNode = (ctx: Context) => {
  const delivery = source(ctx);
  return delivery && ctx.scope.nodeById(delivery.node);
};

function previousNode(ctx: Context): Record<string, unknown> {
  const delivery = source(ctx);
  const node = sourceNode(ctx);
  if (delivery === undefined || node === undefined) return { name: undefined, outputIndex: 0, runIndex: 0 };
  return {
    name: node.name,
    outputIndex: Math.max(0, node.outputPorts.indexOf(delivery.port)),
    runIndex: delivery.run,
  };
}

function executionView(ctx: Context): Record<string, unknown> {
  const { id, mode, resumeUrl } = ctx.scope.execution;
  return {
    id,
    mode: mode === 'manual' ? 'test' : 'production',
    resumeUrl,
    resumeFormUrl: resumeUrl,
  };
}

/** A name that the operator did not expose is undefined, like any other unknown name. */
function environment(ctx: Context): View {
  const { env } = ctx.scope;
  return new View(Object.keys(env), (key) => (Object.hasOwn(env, key) ? env[key] : undefined));
}

/** `$item(2)`: the names that depend on the item, for another item. */
function otherItem(ctx: Context, index: number): View {
  return new View(['$json', '$binary', '$node'], (key) => {
    switch (key) {
      case '$json':
      case '$data':
        return ctx.data(currentItem(ctx, index).json);
      case '$binary':
        return filesView(currentItem(ctx, index).files ?? {});
      case '$itemIndex':
        return index;
      case '$node':
        return new View([], (name) => legacyNode(ctx, name, index));
      default:
        return undefined;
    }
  });
}
