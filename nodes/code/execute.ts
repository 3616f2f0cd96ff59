import { NodeError } from '#engine/errors.ts';
import { viewFile } from '#engine/file-view.ts';
import type { Item } from '#engine/item.ts';
import type { CodeItem, NodeResult } from '#engine/node.ts';
import type { InputOf } from '../fields.ts';
import { forEachItem, implement, type OperationContext, toMain } from '../implement.ts';
import { code, remembers } from './definition.ts';
import { itemOf, itemsOf } from './returned.ts';

type Input = InputOf<(typeof code)['operations']['default']['fields']>;

export const codeNode = implement(code, {
  default: async (context) => {
    if (context.input(0).mode === 'each-item') return eachItem(context);
    return toMain(itemsOf(await run(context, context.input(0), context.items, 0)));
  },
});

/** One sandbox for all items, unless an item that fails must not take the others with it: then each gets its own. */
async function eachItem(context: OperationContext<Input>): Promise<NodeResult> {
  const together = context.node.settings.onError === 'stop';
  const values = together ? ((await run(context, context.input(0), context.items, 0)) as unknown[]) : null;
  return forEachItem(context, async (item, i, input) => {
    const value = values ? values[i] : ((await run(context, input, [item], i)) as unknown[])[0];
    return itemOf(value, i);
  });
}

async function run(
  context: OperationContext<Input>,
  input: Input,
  items: Item[],
  itemIndex: number,
): Promise<unknown> {
  const { language, mode, options } = input;
  const known = remembers(input)
    ? { $staticData: await context.services.staticData.read(context.node.id) }
    : {};
  const request = {
    language,
    source: language === 'python' ? input.python : input.source,
    mode,
    items: items.map(viewed),
    context: { ...context.variables(itemIndex), ...known },
    timeoutMs: options.timeoutMs ?? 10_000,
    memoryMb: options.memoryMb ?? 64,
    signal: context.signal,
  };
  const { value, logs, staticData } = await context.services.code.run(request).catch((error: unknown) => {
    throw language === 'python' ? inField('python', error) : error;
  });
  for (const line of logs) context.log(line.level, line.message);
  // trying a workflow out leaves no traces in what it remembers
  if (staticData && context.execution.mode !== 'manual')
    await context.services.staticData.write(context.node.id, staticData);
  return value;
}

/** The runner knows one field with code; the form has one for each language. */
const inField = (field: string, error: unknown): unknown =>
  error instanceof NodeError
    ? new NodeError(error.data.kind, error.message, { ...error.data, field })
    : error;

/** Files under the names that expressions see. */
const viewed = (item: Item): CodeItem =>
  item.files
    ? {
        ...item,
        files: Object.fromEntries(Object.entries(item.files).map(([name, file]) => [name, viewFile(file)])),
      }
    : (item as CodeItem);
