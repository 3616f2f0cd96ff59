import type { Deliveries } from './deliveries.ts';
import { Failure, invalid } from './failure.ts';
import { LIST_PARAMS, listPage } from './listing.ts';
import type { Params } from './params.ts';
import type { Sandbox } from './sandbox.ts';

export interface RouteCall {
  sandbox: Sandbox;
  deliveries: Deliveries;
  params: Params;
  /** The variable parts of the path, in their order. */
  ids: string[];
  path: string;
}

export interface Route {
  method: string;
  pattern: RegExp;
  /** Parameters that it knows. Others are refused, so that nobody relies on what is not there. */
  allowed: string[];
  handle: (call: RouteCall) => object;
}

/** `/v1/customers/:id` and what answers there. */
export function route(
  method: string,
  path: string,
  allowed: string[],
  handle: (call: RouteCall) => object,
): Route {
  return { method, pattern: new RegExp(`^${path.replace(/:id/g, '([^/]+)')}$`), allowed, handle };
}

/** A list of objects, filtered by parameters; `unless` filters when its parameter is not sent. */
export function listRoute<T extends { id: string }>(
  path: string,
  objects: (sandbox: Sandbox) => T[],
  filters: Record<string, (object: T, value: string) => boolean> = {},
  unless: Record<string, (object: T) => boolean> = {},
): Route {
  return route('GET', path, [...LIST_PARAMS, ...Object.keys(filters)], ({ sandbox, params, path: url }) => {
    const active = Object.entries(filters).filter(([name]) => params.has(name));
    const defaults = Object.entries(unless).filter(([name]) => !params.has(name));
    const found = objects(sandbox)
      .filter((object) => active.every(([name, matches]) => matches(object, params.text(name) ?? '')))
      .filter((object) => defaults.every(([, matches]) => matches(object)));
    return listPage(found, params, url);
  });
}

export function findRoute(routes: Route[], method: string, path: string): { route: Route; ids: string[] } {
  for (const candidate of routes) {
    const match = candidate.method === method ? candidate.pattern.exec(path) : null;
    if (match) return { route: candidate, ids: match.slice(1).map(decodeURIComponent) };
  }
  throw new Failure(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${path}).`);
}

export function refuseUnknown(known: Route, params: Params): void {
  const unknown = params.names().find((name) => name !== 'expand' && !known.allowed.includes(name));
  if (unknown) throw invalid(`Received unknown parameter: ${unknown}`, unknown, 'parameter_unknown');
}
