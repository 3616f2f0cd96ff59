import { NodeError, toNodeErrorData } from '#engine/errors.ts';
import type { Item, PortItems } from '#engine/item.ts';
import type { ExecuteContext, NodeExecutor, NodeResult } from '#engine/node.ts';
import { type NodeDefinition, type OperationDefinition, operationOf } from './define.ts';
import { type InputOf, inputSchema } from './fields.ts';
import type { N8nImporter } from './n8n.ts';

type OperationInput<O> = O extends OperationDefinition<infer F> ? InputOf<F> : never;

/** What an operation gets: the engine's context plus its parameters, rendered, coerced and typed. */
export interface OperationContext<I> extends ExecuteContext {
  /** Parameters for one item. Throws NodeError(config) that names the field. */
  input(itemIndex: number): I;
}
export type Operation<I> = (context: OperationContext<I>) => NodeResult | Promise<NodeResult>;

export interface NodeImplementation extends NodeExecutor {
  definition: NodeDefinition;
  importers: readonly N8nImporter[];
}

/** Ties code to a definition; the compiler demands one function per operation. */
export function implement<O extends Record<string, OperationDefinition>>(
  definition: NodeDefinition<O>,
  operations: { [K in keyof O]: Operation<OperationInput<O[K]>> },
  importers: readonly N8nImporter[] = [],
): NodeImplementation {
  const schemas = new Map(
    Object.entries(definition.operations).map(([name, op]) => [name, inputSchema(op.fields)]),
  );
  return {
    definition: definition as unknown as NodeDefinition,
    importers,
    async execute(context) {
      const op = operationOf(definition as unknown as NodeDefinition, context.rawParameters);
      const name = Object.keys(definition.operations).find((key) => definition.operations[key] === op);
      const schema = name === undefined ? undefined : schemas.get(name);
      if (name === undefined || !schema) {
        throw new NodeError('config', `Unknown operation “${String(context.rawParameters.operation)}”`, {
          field: 'operation',
        });
      }
      const run = operations[name as keyof O] as Operation<unknown>;
      let last: { rendered: unknown; value: unknown } | undefined;
      const input = (itemIndex: number) => {
        const rendered = context.parameters(itemIndex);
        if (last?.rendered === rendered) return last.value; // no templates: the engine hands out one object for all items
        const parsed = schema.safeParse(rendered);
        if (!parsed.success) {
          const issue = parsed.error.issues[0]!;
          const path = issue.path.join('.');
          throw new NodeError('config', `${path}: ${issue.message}`, { field: path, itemIndex });
        }
        last = { rendered, value: parsed.data };
        return parsed.data;
      };
      return run(Object.assign(Object.create(context), { input }) as OperationContext<unknown>);
    },
  };
}

export const toMain = (items: Item[]): NodeResult => ({ outputs: { main: items } });

/** The item with another json; it keeps its files and says what it was made from. */
export const derive = (item: Item, itemIndex: number, json: Item['json']): Item => ({
  json,
  ...(item.files ? { files: item.files } : {}),
  source: { item: itemIndex },
});

/**
 * Runs `each` for every item, up to `concurrency` at a time, keeping order. One item that fails stops the node, unless
 * its setting is `continue` (the item becomes `{error}`) or `error-port` (it leaves there with its own json beside it).
 */
export async function forEachItem<I>(
  context: OperationContext<I>,
  each: (item: Item, itemIndex: number, input: I) => Item[] | Item | Promise<Item[] | Item>,
  { concurrency = 1 }: { concurrency?: number } = {},
): Promise<NodeResult> {
  const { items } = context;
  const { onError } = context.node.settings;
  const results: Item[][] = new Array(items.length);
  const failed: Item[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index]!;
      context.signal.throwIfAborted();
      try {
        const made = each(item, index, context.input(index));
        const value = made instanceof Promise ? await made : made;
        results[index] = Array.isArray(value) ? value : [value];
      } catch (thrown) {
        const error = toNodeErrorData(thrown);
        if (onError === 'stop' || context.signal.aborted) {
          throw thrown instanceof NodeError
            ? new NodeError(error.kind, error.message, { ...error, itemIndex: index })
            : thrown;
        }
        results[index] = [];
        const source = { item: index };
        if (onError === 'error-port') failed.push({ json: { ...item.json, error: error.message }, source });
        else results[index] = [{ json: { error: error.message }, source }];
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, Math.max(1, items.length)) }, lane));
  const outputs: PortItems = { main: results.flat() };
  if (onError === 'error-port') outputs.error = failed;
  return { outputs };
}
