import { NodeError } from '#engine/errors.ts';
import { implement } from '../implement.ts';
import { loop } from './definition.ts';

export const loopNode = implement(loop, {
  default: async ({ loop: scope, items, input }) => {
    if (!scope) throw new NodeError('bug', 'A loop was run without its scope.');
    const { batchSize, options } = input(0);
    if (options.reset) {
      // What came back is the new list; with nothing left of it the loop is done.
      const batch = items.slice(0, batchSize);
      return { outputs: batch.length > 0 ? { done: [], loop: batch } : { done: items, loop: [] } };
    }
    const start = scope.iteration * batchSize;
    if (start >= scope.entered.length) return { outputs: { done: await scope.returned(), loop: [] } };
    return { outputs: { done: [], loop: scope.entered.slice(start, start + batchSize) } };
  },
});
