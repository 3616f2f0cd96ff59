import { createHash } from 'node:crypto';
import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import type { ExecuteContext, NodeResult } from '#engine/node.ts';
import { type OperationContext, passOn } from '../implement.ts';
import { isPlain } from '../paths.ts';

type Scope = 'node' | 'workflow';
interface SeenInput {
  compare: 'key' | 'number' | 'date';
  value: string;
  scope: Scope;
  history: number;
}
/** Under which name it stands in the static data, beside what code keeps there. */
const MEMORY = 'removeDuplicates';
interface Memory {
  /** Short hashes of values, the oldest first: the values may be long, or secret. */
  keys?: string[];
  /** The highest number, or the latest date in ms. */
  highest?: number;
}

/** Items whose value is new leave by `main`, the others by `known`; then what is new is remembered. */
export async function sendOnNew(context: OperationContext<SeenInput>): Promise<NodeResult> {
  const outputs: { main: Item[]; known: Item[] } = { main: [], known: [] };
  if (context.items.length === 0) return { outputs };
  const first = context.input(0);
  const memory = await recall(context, first.scope);
  const isNew = first.compare === 'key' ? keysIn(memory, first.history) : higherIn(memory);
  for (const [index, item] of context.items.entries()) {
    const pause = context.breathe();
    if (pause) await pause;
    const { value, compare } = context.input(index);
    const found = compare === 'key' ? hashOf(value) : numberOf(value, compare, index);
    (isNew.add(found) ? outputs.main : outputs.known).push(passOn(item, index));
  }
  await remember(context, first.scope, isNew.memory());
  return { outputs };
}

/** Clears what is remembered. */
export async function forget(context: OperationContext<{ scope: Scope }>): Promise<NodeResult> {
  await remember(context, context.input(0).scope, undefined);
  return { outputs: { main: context.items } };
}

interface Known {
  /** Whether it is new; from then on it is known. */
  add(value: string | number): boolean;
  memory(): Memory;
}

function keysIn({ keys = [] }: Memory, most: number): Known {
  const known = new Set<string | number>(keys);
  return {
    add: (key) => known.size < known.add(key).size,
    memory: () => ({ keys: [...known].map(String).slice(-most) }),
  };
}

/** All items are compared with what was there before them: those of one run may come in any order. */
function higherIn({ highest }: Memory): Known {
  let now = highest;
  return {
    add: (value) => {
      const number = Number(value);
      now = Math.max(now ?? number, number);
      return highest === undefined || number > highest;
    },
    memory: () => (now === undefined ? {} : { highest: now }),
  };
}

/** 96 bits: two values that are taken for one are not to be expected in 10^10 of them. */
const hashOf = (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, 16);

function numberOf(value: string, compare: 'number' | 'date', itemIndex: number): number {
  const number = compare === 'date' ? Date.parse(value) : value.trim() === '' ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new NodeError('config', `“${value.slice(0, 100)}” is no ${compare}.`, { field: 'value', itemIndex });
}

const placeOf = (scope: Scope) => (scope === 'node' ? 'node' : 'global');

async function recall({ services, node }: ExecuteContext, scope: Scope): Promise<Memory> {
  const kept = (await services.staticData.read(node.id))[placeOf(scope)]?.[MEMORY];
  return isPlain(kept) ? (kept as Memory) : {};
}

/** Beside what else is kept there. Trying a workflow out leaves no traces. */
async function remember(
  { services, node, execution }: ExecuteContext,
  scope: Scope,
  memory: Memory | undefined,
): Promise<void> {
  if (execution.mode === 'manual') return;
  const place = placeOf(scope);
  const { [MEMORY]: _before, ...rest } = (await services.staticData.read(node.id))[place] ?? {};
  await services.staticData.write(node.id, { [place]: { ...rest, ...(memory ? { [MEMORY]: memory } : {}) } });
}
