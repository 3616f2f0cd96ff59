import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import { ZodError } from 'zod';
import { AppError, notFound } from '../errors.ts';
import { asAppError } from '../http/respond.ts';
import { authorize, type Permission } from '../scope.ts';
import type { Context } from './context.ts';

/** Procedures with `rest` are also endpoints of /api/v1 and in its OpenAPI document (server/rest/). */
export interface Meta {
  rest?: {
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Below /api/v1, parameters in braces. */
    path: `/${string}`;
    summary: string;
    tag: string;
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
export const publicProcedure = t.procedure.use(translateErrors);

/** For people: needs a session, not an API key. */
export const userProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const session = await ctx.session();
  if (!session) throw new AppError('UNAUTHORIZED', 'Log in first.');
  return next({ ctx: { ...ctx, session } });
});

/** For the operator of the whole system; nobody else learns that there is something. */
export const adminProcedure = userProcedure.use(({ ctx, next }) => {
  if (!ctx.session.user.isAdmin) throw notFound('page');
  return next();
});

/** Everything inside a workspace: mints the scope and checks the permission before the procedure sees its input. */
export const workspaceProcedure = (permission: Permission) =>
  publicProcedure.use(async ({ ctx, next }) => {
    const scope = await ctx.scope();
    authorize(scope, permission);
    return next({ ctx: { ...ctx, scope } });
  });
