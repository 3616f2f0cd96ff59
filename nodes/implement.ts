import { NodeError, toNodeErrorData } from '#engine/errors.ts';
import type { Item, PortItems } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import type { ExecuteContext, NodeExecutor, NodeResult } from '#engine/node.ts';
import { type NodeDefinition, type OperationDefinition, operationOf } from './define.ts';
import type { InputOf } from './fields.ts';
import { inputSchema } from './input-schema.ts';
import { inputReader, type Remembered, UNSURE } from './read-input.ts';

type OperationInput<O> = O extends OperationDefinition<infer F> ? InputOf<F> : never;

/** What an operation gets: the engine's context plus its parameters, rendered, coerced and typed. */
export interface OperationContext<I> extends ExecuteContext {
  /** Parameters for one item. Throws NodeError(config) that names the field. */
  input(itemIndex: number): I;
}
export type Operation<I> = (context: OperationContext<I>) => NodeResult | Promise<NodeResult>;

export interface NodeImplementation extends NodeExecutor {
  definition: NodeDefinition;
}

interface Known {
  run: Operation<unknown>;
  schema: ReturnType<typeof inputSchema>;
  read: ReturnType<typeof inputReader>;
}

/** Ties code to a definition; the compiler demands one function per operation. */
export function implement<O extends Record<string, OperationDefinition>>(
  definition: NodeDefinition<O>,
  operations: { [K in keyof O]: Operation<OperationInput<O[K]>> },
): NodeImplementation {
  const inputs = new Map(
    Object.entries(definition.operations).map(([name, op]): [OperationDefinition, Known] => [
      op,
      {
        run: operations[name as keyof O] as Operation<unknown>,
        schema: inputSchema(op.fields),
        read: inputReader(op.fields),
      },
    ]),
  );
  return {
    definition: definition as unknown as NodeDefinition,
    async execute(context) {
      const op = operationOf(definition as unknown as NodeDefinition, context.rawParameters);
      const known = op && inputs.get(op);
      if (!known) {
        throw new NodeError('config', `Unknown operation “${String(context.rawParameters.operation)}”`, {
          field: 'operation',
        });
      }
      let last: { rendered: unknown; value: unknown } | undefined;
      const remembered: Remembered = new Map();
      const input = (itemIndex: number) => {
        const rendered = context.parameters(itemIndex);
        if (last?.rendered === rendered) return last.value; // no templates: the engine hands out one object for all items
        const read = known.read(rendered, remembered);
        if (read !== UNSURE) {
          last = { rendered, value: read };
          return read;
        }
        const parsed = known.schema.safeParse(rendered);
        if (!parsed.success) {
          const issue = parsed.error.issues[0]!;
          const path = issue.path.join('.');
          const label = op?.fields[String(issue.path[0])]?.label ?? path;
          throw new NodeError('config', `“${label}” ${issue.message}`, { field: path, itemIndex });
        }
        last = { rendered, value: parsed.data };
        return parsed.data;
      };
      // onto the context itself: it was made for this run alone, and a wrapper would be asked for everything first
      return known.run(Object.assign(context, { input }));
    },
  };
}

export const toMain = (items: Item[]): NodeResult => ({ outputs: { main: items } });

/** The item with another json; it keeps its files and says what it was made from. */
export const derive = (item: Item, itemIndex: number, json: Item['json']): Item => ({
  json,
  ...(item.files ? { files: item.files } : {}),
  source: sourceAt(itemIndex),
});

interface Settled<T> {
  /** What each item gave; a failed one has none. */
  results: (T | undefined)[];
  /** Failures by item index; only when the node goes on after errors. */
  failures: Map<number, string>;
}

/**
 * Runs `each` for every item, up to `concurrency` at a time, keeping order. With `onError: stop` the first failure ends
 * the node: no further item is begun, and those under way are awaited, so that nothing happens after the node has failed.
 */
async function settleItems<I, T>(
  context: OperationContext<I>,
  each: (item: Item, itemIndex: number, input: I) => T | Promise<T>,
  concurrency: number,
): Promise<Settled<T>> {
  const { items } = context;
  const stops = context.node.settings.onError === 'stop';
  // Filled, since forEach skips the holes of a sparse list.
  const results: (T | undefined)[] = new Array(items.length).fill(undefined);
  const failures = new Map<number, string>();
  let fatal: { thrown: unknown } | undefined;
  let next = 0;
  const lane = async () => {
    while (next < items.length && !fatal) {
      const index = next++;
      try {
        const pause = context.breathe();
        if (pause) await pause;
        context.signal.throwIfAborted();
        const made = each(items[index]!, index, context.input(index));
        results[index] = made instanceof Promise ? await made : made;
      } catch (thrown) {
        const error = toNodeErrorData(thrown);
        const { scrub } = context.services.credentials;
        if (stops || context.signal.aborted) {
          fatal ??= { thrown: thrown instanceof NodeError ? withItem(thrown, index) : thrown };
        } else failures.set(index, scrub ? scrub(error.message) : error.message);
      }
    }
  };
  const lanes = Math.min(concurrency, items.length);
  if (lanes > 1) await Promise.all(Array.from({ length: lanes }, lane));
  else await lane();
  if (fatal) throw fatal.thrown;
  return { results, failures };
}

const withItem = (error: NodeError, itemIndex: number) =>
  new NodeError(error.data.kind, error.message, { ...error.data, itemIndex });

/**
 * Runs `each` for every item, up to `concurrency` at a time, keeping order; everything leaves by `main`. One item that
 * fails stops the node, unless its setting is `continue` (the item becomes `{error}`) or `error-port` (it leaves there
 * with its own json beside it).
 */
export async function forEachItem<I>(
  context: OperationContext<I>,
  each: (item: Item, itemIndex: number, input: I) => Item[] | Item | Promise<Item[] | Item>,
  { concurrency = 1 }: { concurrency?: number } = {},
): Promise<NodeResult> {
  const { results, failures } = await settleItems(context, each, concurrency);
  const toPort = context.node.settings.onError === 'error-port';
  const main: Item[] = [];
  const error: Item[] = [];
  for (const [index, made] of results.entries()) {
    const message = failures.size > 0 ? failures.get(index) : undefined;
    if (message === undefined) {
      if (Array.isArray(made)) for (const item of made) main.push(item);
      else if (made) main.push(made);
    } else if (toPort) {
      error.push({ json: { ...context.items[index]!.json, error: message }, source: sourceAt(index) });
    } else main.push({ json: { error: message }, source: sourceAt(index) });
  }
  return { outputs: toPort ? { main, error } : { main } };
}

/**
 * Sends every item, unchanged, to the ports that `portsOf` names (none: the item is dropped). An item whose ports cannot
 * be found out goes to `onFailure` when the node continues after errors, or to the error port.
 */
export async function routeItems<I>(
  context: OperationContext<I>,
  ports: readonly string[],
  portsOf: (item: Item, itemIndex: number, input: I) => string | readonly string[],
  onFailure: string,
): Promise<NodeResult> {
  const { results, failures } = await settleItems(context, portsOf, 1);
  const outputs: PortItems = Object.fromEntries(ports.map((port) => [port, []]));
  const toPort = context.node.settings.onError === 'error-port';
  if (toPort) outputs.error = [];
  for (const [index, chosen] of results.entries()) {
    const item = context.items[index]!;
    const message = failures.size > 0 ? failures.get(index) : undefined;
    if (message !== undefined) {
      const port = toPort ? 'error' : onFailure;
      outputs[port]?.push(
        toPort ? derive(item, index, { ...item.json, error: message }) : passOn(item, index),
      );
    } else if (typeof chosen === 'string') outputs[chosen]?.push(passOn(item, index));
    else for (const port of chosen ?? []) outputs[port]?.push(passOn(item, index));
  }
  return { outputs };
}

/** The same item, made from that place of the input. The engine hands items over with just that source. */
export const passOn = (item: Item, itemIndex: number): Item => {
  const source = sourceAt(itemIndex);
  return item.source === source ? item : { ...item, source };
};
