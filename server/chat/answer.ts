import { isStored, shownItems } from '#engine/item.ts';
import { loadItems } from '../storage/open.ts';
import type { AwaitedResult } from '../triggers/await-result.ts';

/** Fields that hold what is to be said, in the order in which they are looked for. */
const SAID = ['output', 'text', 'message', 'response'] as const;

/** What is said in answer to a message: text as it is, everything else as JSON. */
export async function answerOf(result: Exclude<AwaitedResult, { kind: 'failed' }>): Promise<string> {
  if (result.kind === 'response') {
    const { kind, body } = result.response;
    return kind === 'json' || kind === 'text' ? say(body) : '';
  }
  const { last } = result;
  const [item] = isStored(last) && last.shortened ? await loadItems(last) : shownItems(last);
  return item ? say(item.json) : '';
}

function say(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : JSON.stringify(value);
  for (const name of SAID) {
    const said = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (typeof said === 'string') return said;
  }
  return JSON.stringify(value, null, 2);
}
