import { AppError } from '../errors.ts';
import type { LimitClass } from '../limits/policy.ts';
import type { Meta } from '../trpc/init.ts';
import { apiRouter } from './api-router.ts';
import { RAW_ROUTES } from './raw-routes.ts';

/** One REST endpoint: a procedure that says so in its meta. */
export interface RestEndpoint {
  procedure: string;
  rest: NonNullable<Meta['rest']>;
  /** Absent for those that need no key, or any. */
  permission: Meta['permission'];
  limit: LimitClass;
  pattern: RegExp;
  parameters: string[];
  inputs: unknown[];
  output: unknown;
}

interface ProcedureDef {
  type: string;
  meta?: Meta;
  inputs: unknown[];
  output?: unknown;
}

/** What is below a workspace is also there without it: it is the key’s then. */
const OF_WORKSPACE = /^\/workspaces\/\{workspaceId\}(?=\/)/;

let list: RestEndpoint[] | undefined;

/** All endpoints, read off the router once. */
export function restEndpoints(): readonly RestEndpoint[] {
  list ??= readEndpoints();
  return list;
}

function readEndpoints(): RestEndpoint[] {
  const found = Object.entries(apiRouter._def.procedures).flatMap(([procedure, value]) => {
    const def = (value as unknown as { _def: ProcedureDef })._def;
    const rest = def.meta?.rest;
    if (!rest) return [];
    const parameters = [...rest.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!);
    const pattern = new RegExp(
      `^${rest.path.replace(OF_WORKSPACE, '(?:$&)?').replace(/\{\w+\}/g, '([^/]+)')}$`,
    );
    const { permission, limit = def.type === 'mutation' ? 'writes' : 'reads' } = def.meta ?? {};
    const { inputs, output } = def;
    return [{ procedure, rest, permission, limit, pattern, parameters, inputs, output }];
  });
  // /users/me before /users/{id}
  return found.sort((a, b) => a.parameters.length - b.parameters.length);
}

/**
 * Whether a procedure answers this; looks at nothing that a caller could have spelt wrongly. A raw route goes before
 * procedures with parameters: /executions/export before /executions/{id}.
 */
export const hasEndpoint = (method: string, path: string): boolean =>
  !Object.hasOwn(RAW_ROUTES, path) &&
  restEndpoints().some(({ rest, pattern }) => rest.method === method && pattern.test(path));

/** The endpoint for a path below /api/v1, its path parameters, and which methods that path knows. */
export function matchEndpoint(method: string, path: string) {
  const here = restEndpoints().filter((e) => e.pattern.test(path));
  const endpoint = here.find((e) => e.rest.method === method);
  const values = endpoint?.pattern.exec(path)?.slice(1) ?? [];
  return {
    endpoint,
    allowed: here.map((e) => e.rest.method),
    parameters: Object.fromEntries(
      (endpoint?.parameters ?? []).flatMap((name, i) =>
        values[i] === undefined ? [] : [[name, decode(values[i])]],
      ),
    ),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('BAD_REQUEST', `“${text}” in the path is not URL-encoded.`);
  }
}
