import { meets } from '../conditions.ts';
import { implement, routeItems } from '../implement.ts';
import { ifNode as definition } from './definition.ts';

export const ifNode = implement(definition, {
  default: (context) =>
    routeItems(
      context,
      ['true', 'false'],
      (_item, i, { conditions }) => (meets(context, conditions, 'conditions', i) ? 'true' : 'false'),
      'false',
    ),
});
