import { NodeError } from '#engine/errors.ts';
import type { Item } from '#engine/item.ts';
import { sourceAt } from '#engine/items.ts';
import { MAX_OUTPUT_ITEMS, tooManyItems } from '#engine/output-size.ts';
import { forEachItem, implement, passOn, toMain } from '../implement.ts';
import { debugHelper } from './definition.ts';
import { invent } from './invented.ts';
import { seeded } from './random.ts';

/** Memory that the sandbox may use; more ends the code, not the worker. */
const SANDBOX_MB = 128;
const MAX_MB = 10_000;

export const debugHelperNode = implement(debugHelper, {
  random: (context) => {
    let made = 0;
    return forEachItem(context, async (_item, itemIndex, { kind, count, alphabet, length, options }) => {
      made += options.oneItem ? 1 : count;
      if (made > MAX_OUTPUT_ITEMS) throw tooManyItems(made);
      const random = options.seed ? seeded(options.seed) : context.services.random;
      const source = sourceAt(itemIndex);
      const items: Item[] = [];
      for (let n = 0; n < count; n++) {
        const pause = context.breathe();
        if (pause) await pause;
        items.push({ json: invent(kind, random, { alphabet, length }), source });
      }
      return options.oneItem ? [{ json: { generatedItems: items.map((item) => item.json) }, source }] : items;
    });
  },
  fail: (context) => {
    throw new NodeError('stopped', context.input(0).message, { retryable: false });
  },
  memory: async (context) => {
    const megabytes = context.input(0).megabytes || MAX_MB;
    await context.services.code.run({
      language: 'javascript',
      source: `const kept = []; for (let n = 0; n < ${megabytes}; n++) kept.push(new Array(131072).fill(n + 0.5)); return [{ json: { kept: kept.length } }];`,
      mode: 'all-items',
      items: [],
      context: {},
      timeoutMs: 10_000,
      memoryMb: SANDBOX_MB,
      signal: context.signal,
    });
    return toMain(context.items.map(passOn));
  },
  nothing: ({ items }) => toMain(items.map(passOn)),
});
