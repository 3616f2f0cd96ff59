import { implement } from '../implement.ts';
import { formTrigger } from './definition.ts';

/** The trigger's items are the submission, which the server has made into an item. */
export const formTriggerNode = implement(formTrigger, {
  default: ({ items }) => ({ outputs: { main: items } }),
});
