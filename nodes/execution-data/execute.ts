import { forEachItem, implement, passOn } from '../implement.ts';
import { executionData } from './definition.ts';

export const executionDataNode = implement(executionData, {
  default: (context) => {
    // Many items mostly say the same; each value is noted once.
    const noted = new Set<string>();
    return forEachItem(context, (item, itemIndex, { data }) => {
      for (const { key, value } of data) {
        const line = `${key}: ${value}`;
        if (key === '' || noted.has(line)) continue;
        noted.add(line);
        context.log('info', line);
      }
      return passOn(item, itemIndex);
    });
  },
});
