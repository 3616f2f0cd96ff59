import { meets } from '../conditions.ts';
import { implement, routeItems } from '../implement.ts';
import { filter } from './definition.ts';

export const filterNode = implement(filter, {
  default: (context) =>
    routeItems(
      context,
      ['main', 'discarded'],
      (_item, i, { conditions }) => (meets(context, conditions, 'conditions', i) ? 'main' : 'discarded'),
      'discarded',
    ),
});
