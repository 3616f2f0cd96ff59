import type { Item } from '../../item.ts';
import { toNumber, toText } from '../coerce.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { pairedItem } from '../paired.ts';
import type { NodeView, RunView } from '../scope.ts';
import { Native, View } from '../values.ts';
import { filesView, itemView, itemViews } from './items.ts';
import { parametersView } from './parameters.ts';

export function findNode(ctx: Context, name: unknown): NodeView {
  const node = ctx.scope.nodeByName(toText(ctx, name));
  if (node === undefined) throw new ExpressionError(`Referenced node doesn't exist: '${toText(ctx, name)}'`);
  return node;
}

const KEYS = ['item', 'params', 'context', 'isExecuted'];

/** `$('Node')`. */
export function nodeReference(ctx: Context, name: unknown, full = false): View {
  const node = findNode(ctx, name);
  return new View(KEYS, (key) => readReference(ctx, node, key, full));
}

function readReference(ctx: Context, node: NodeView, key: string, full: boolean): unknown {
  switch (key) {
    case 'item':
      return itemView(ctx, paired(ctx, node, ctx.itemIndex), full);
    case 'itemMatching':
    case 'pairedItem':
      return new Native(key, (inner, _self, [index]) => {
        if (index === undefined && key === 'itemMatching') {
          throw new ExpressionError('itemMatching() needs the index of an item: itemMatching(0)');
        }
        const at = index === undefined ? inner.itemIndex : toNumber(inner, index);
        return itemView(inner, paired(inner, node, at), full);
      });
    case 'first':
      return new Native(key, (inner, _self, args) => {
        const item = outputItems(inner, node, args)[0];
        return item && itemView(inner, item, full);
      });
    case 'last':
      return new Native(key, (inner, _self, args) => {
        const item = outputItems(inner, node, args).at(-1);
        return item && itemView(inner, item, full);
      });
    case 'all':
      return new Native(key, (inner, _self, args) => itemViews(inner, outputItems(inner, node, args), full));
    case 'params':
      return parametersView(ctx, node);
    case 'context':
      return ctx.data(node.context);
    case 'isExecuted':
      return node.runs.length > 0;
    default:
      return undefined;
  }
}

function paired(ctx: Context, node: NodeView, index: number): Item {
  requireRun(node, node.runs.length - 1);
  return pairedItem(ctx.scope, node, index);
}

export function requireRun(node: NodeView, run: number): RunView {
  const view = node.runs[run];
  if (view !== undefined) return view;
  if (node.runs.length > 0) throw new ExpressionError(`Run ${run} of node '${node.name}' doesn't exist`);
  throw new ExpressionError(`Node '${node.name}' hasn't been executed`);
}

/** Items of one output of one run; by default the output that leads to the active node, and the last run. */
function outputItems(ctx: Context, node: NodeView, [branch, run]: readonly unknown[]): readonly Item[] {
  const runIndex = run === undefined ? node.runs.length - 1 : toNumber(ctx, run);
  const view = requireRun(node, runIndex);
  const port =
    branch === undefined
      ? (ctx.scope.connectedPort(node) ?? node.outputPorts[0])
      : node.outputPorts[toNumber(ctx, branch)];
  return (port === undefined ? undefined : view.outputs[port]) ?? [];
}

/** `$items(node?, output = 0, run = -1)`. */
export function itemsOf(ctx: Context, args: readonly unknown[]): Record<string, unknown>[] {
  const node = args[0] === undefined ? undefined : findNode(ctx, args[0]);
  if (node === undefined) throw new ExpressionError('$items() needs a node here');
  const output = args[1] === undefined ? 0 : toNumber(ctx, args[1]);
  const run = args[2] === undefined ? -1 : toNumber(ctx, args[2]);
  const view = requireRun(node, run === -1 ? node.runs.length - 1 : run);
  const port = node.outputPorts[output];
  return itemViews(ctx, (port === undefined ? undefined : view.outputs[port]) ?? []);
}

/** `$node["Node"]`: the item with the same index of its last run, without pairing. */
export function legacyNode(ctx: Context, name: string, itemIndex: number): View {
  const node = findNode(ctx, name);
  return new View(['json', 'binary', 'data', 'parameter', 'runIndex', 'context'], (key) => {
    switch (key) {
      case 'parameter':
      case 'params':
        return parametersView(ctx, node);
      case 'runIndex':
        return node.runs.length - 1;
      case 'context':
        return ctx.data(node.context);
      case 'json':
      case 'data':
        return ctx.data(legacyItem(ctx, node, itemIndex)?.json);
      case 'binary':
        return filesView(legacyItem(ctx, node, itemIndex)?.files ?? {});
      default:
        return undefined;
    }
  });
}

function legacyItem(ctx: Context, node: NodeView, itemIndex: number): Item | undefined {
  const view = requireRun(node, node.runs.length - 1);
  const port = ctx.scope.connectedPort(node) ?? node.outputPorts[0];
  const items = (port === undefined ? undefined : view.outputs[port]) ?? [];
  return items[itemIndex];
}
