import { implement, toMain } from '../implement.ts';
import { placeholderTrigger } from './definition.ts';

/** Whatever starts it (a manual run, pinned data) brings the items. */
export const placeholderTriggerNode = implement(placeholderTrigger, {
  default: ({ items }) => toMain(items),
});
