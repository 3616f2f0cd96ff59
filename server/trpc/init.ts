import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { operatorOfKey, operatorOfSession } from '../admin/operator.ts';
import type { AdminScope } from '../api-keys/schema.ts';
import type { Session } from '../auth/sign-in.ts';
import { AppError } from '../errors.ts';
import { asAppError } from '../http/respond.ts';
import type { LimitClass } from '../limits/policy.ts';
import { authorize, type Permission } from '../scope.ts';
import { type Context, countedScope } from './context.ts';

/** Procedures with `rest` are also endpoints of /api/v1 and in its OpenAPI document (server/rest/). */
export interface Meta {
  /** What the caller must be allowed to do; said by `workspaceProcedure` and `operatorProcedure`. */
  permission?: Permission | AdminScope;
  /** What a call counts as; without it a mutation is one of `writes`, everything else one of `reads`. */
  limit?: LimitClass;
  rest?: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below /api/v1, parameters in braces. */
    path: `/${string}`;
    summary: string;
    tag: string;
    /** The procedure itself makes sure that a repeated `Idempotency-Key` starts nothing twice. */
    once?: 'itself';
    /** Status of a success; default 200. */
    status?: number;
  };
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 25_000 } },
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      message: error.cause instanceof ZodError ? describeInput(error.cause) : shape.message,
      data: {
        code: shape.data.code,
        httpStatus: shape.data.httpStatus,
        path: shape.data.path,
        ...(error.cause instanceof AppError ? error.cause.extra : {}),
      },
    }),
  });

const describeInput = (error: ZodError): string => {
  const [issue] = error.issues;
  const path = issue?.path.join('.');
  return issue ? (path ? `${path}: ${issue.message}` : issue.message) : 'The input is not valid.';
};

/** Our errors become tRPC's; anything unexpected is logged once and its text hidden. */
const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const known = asAppError(error.cause ?? error);
  throw new TRPCError({ code: known.code, message: known.message, cause: known });
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const procedure = t.procedure.use(translateErrors);

const limitOf = (type: 'query' | 'mutation' | 'subscription', meta: Meta | undefined): LimitClass =>
  meta?.limit ?? (type === 'mutation' ? 'writes' : 'reads');

/**
 * For everyone. Counted by address, and a mutation as `auth`: whoever changes something without saying who they are makes
 * an account or shows a token. Each call of a batch is counted.
 */
export const publicProcedure = procedure.use(async ({ ctx, type, meta, next }) => {
  const name = meta?.limit ?? (type === 'mutation' ? 'auth' : 'reads');
  await ctx.tally.spend(name, { address: ctx.address });
  return next();
});

/** For people: needs a session, not an API key. */
export const userProcedure = procedure.use(async ({ ctx, type, meta, next }) =>
  next({ ctx: { ...ctx, session: await countedSession(ctx, limitOf(type, meta)) } }),
);

async function countedSession(ctx: Context, name: LimitClass): Promise<Session> {
  const session = await ctx.session();
  if (!session) throw new AppError('UNAUTHORIZED', 'Log in first.');
  await ctx.tally.spend(name, { user: session.userId, address: ctx.address });
  return session;
}

/** For the operator of the whole system, as a person; nobody else learns that there is something. */
export const adminProcedure = userProcedure.use(({ ctx, next }) =>
  next({ ctx: { ...ctx, operator: operatorOfSession(ctx.session) } }),
);

/** The same, and for API keys of operators that have the scope. */
export const operatorProcedure = (scope: AdminScope) =>
  procedure.meta({ permission: scope }).use(async ({ ctx, type, meta, next }) => {
    const limit = limitOf(type, meta);
    const operator =
      ctx.transport === 'rest'
        ? await operatorOfKey(await countedScope(ctx, limit), scope)
        : operatorOfSession(await countedSession(ctx, limit));
    return next({ ctx: { ...ctx, operator } });
  });

/** Everything inside a workspace: mints the scope and checks the permission before the procedure sees its input. */
export const workspaceProcedure = (permission: Permission) =>
  procedure.meta({ permission }).use(async ({ ctx, type, meta, next }) => {
    const scope = await countedScope(ctx, limitOf(type, meta));
    authorize(scope, permission);
    return next({ ctx: { ...ctx, scope } });
  });
