import { invalid } from './failure.ts';
import type { Params } from './params.ts';

export const LIST_PARAMS = ['created', 'ending_before', 'limit', 'starting_after'];

/** A page of objects that come newest first. */
export function listPage<T extends { id: string }>(objects: T[], params: Params, url: string) {
  const limit = params.integer('limit') ?? 10;
  if (limit < 1 || limit > 100)
    throw invalid('This value must be between 1 and 100.', 'limit', 'parameter_invalid_integer');
  const within = objects.filter(createdWithin(params));
  const after = params.text('starting_after');
  const before = params.text('ending_before');
  if (before) {
    const end = indexOf(within, before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list' as const, data: within.slice(start, end), has_more: start > 0, url };
  }
  const start = after ? indexOf(within, after, 'starting_after') + 1 : 0;
  return {
    object: 'list' as const,
    data: within.slice(start, start + limit),
    has_more: within.length > start + limit,
    url,
  };
}

function indexOf(objects: { id: string }[], id: string, param: string): number {
  const index = objects.findIndex((object) => object.id === id);
  if (index < 0) throw invalid(`No such object: '${id}'`, param, 'resource_missing');
  return index;
}

function createdWithin(params: Params): (object: object) => boolean {
  const range = params.inside('created');
  const [gt, gte, lt, lte] = (['gt', 'gte', 'lt', 'lte'] as const).map((name) => range?.integer(name));
  return (object) => {
    const created = 'created' in object ? Number(object.created) : 0;
    return (
      (gt === undefined || created > gt) &&
      (gte === undefined || created >= gte) &&
      (lt === undefined || created < lt) &&
      (lte === undefined || created <= lte)
    );
  };
}
