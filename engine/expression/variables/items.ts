import { viewFile } from '../../file-view.ts';
import type { FileRef, Item, ItemSource } from '../../item.ts';
import type { Context } from '../context.ts';
import { ExpressionError } from '../failures.ts';
import { activePort } from '../paired.ts';

/** An item as expressions see it: `json`, `binary` (the item's files) and `pairedItem`. */
export function itemView(ctx: Context, item: Item, full = false): Record<string, unknown> {
  if (ctx.scope.bareItems && !full) return ctx.data(item.json);
  const view: Record<string, unknown> = { json: ctx.data(item.json) };
  if (item.files) view.binary = filesView(item.files);
  if (item.source !== undefined) {
    view.pairedItem = Array.isArray(item.source) ? item.source.map(sourceView) : sourceView(item.source);
  }
  return view;
}

const sourceView = (source: ItemSource): Record<string, unknown> => ({ item: source.item });

export function filesView(files: Record<string, FileRef>): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  for (const [key, file] of Object.entries(files)) view[key] = viewFile(file);
  return view;
}

/** Views of many items; paid for, because each is an object of its own. */
export function itemViews(ctx: Context, items: readonly Item[], full = false): Record<string, unknown>[] {
  ctx.step(items.length);
  // what may change its data gets views of its own
  if (ctx.copiesData || ctx.scope.bareItems) return items.map((item) => itemView(ctx, item, full));
  let known = views.get(items);
  if (!known) {
    known = items.map((item) => itemView(ctx, item));
    views.set(items, known);
  }
  return known;
}

/** Otherwise an expression over all items, evaluated for each of them, would take quadratic time and memory. */
const views = new WeakMap<readonly Item[], Record<string, unknown>[]>();

/** Items of the active node's input: the first port that has any. */
export function inputItems(ctx: Context): readonly Item[] {
  const port = activePort(ctx.scope);
  return port === undefined ? [] : ctx.scope.inputs[port]!;
}

/** The item with the evaluation's index. Throws ExpressionError when nothing arrived. */
export function currentItem(ctx: Context, index = ctx.itemIndex): Item {
  const items = inputItems(ctx);
  const item = items[index];
  if (item !== undefined) return item;
  if (items.length > 0) throw new ExpressionError(`There is no input item with index ${index}`);
  throw new ExpressionError(`Node '${ctx.scope.node.name}' hasn't been executed: no data arrived at it`);
}
