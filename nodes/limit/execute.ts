import { implement, passOn, toMain } from '../implement.ts';
import { limit } from './definition.ts';

export const limitNode = implement(limit, {
  default: ({ items, input }) => {
    if (items.length === 0) return toMain([]);
    const { maxItems, keep } = input(0);
    const start = keep === 'last' ? Math.max(0, items.length - maxItems) : 0;
    return toMain(items.slice(start, start + maxItems).map((item, n) => passOn(item, start + n)));
  },
});
