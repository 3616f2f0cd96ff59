import { renameSchema } from '../accounts/schema.ts';
import { listUsers } from '../admin/queries.ts';
import { listUsersSchema, usersPageSchema } from '../admin/schema.ts';
import { operatorProcedure, router, workspaceProcedure } from '../trpc/init.ts';
import { memberSchema, userIdSchema, userSchema } from './auth-schema.ts';
import { keyProcedure } from './key-procedure.ts';
import { getMember, getOwnUser, renameOwnUser } from './users.ts';

const tag = 'Users';

export const usersRouter = router({
  me: keyProcedure
    .meta({
      rest: { method: 'GET', path: '/users/me', summary: 'Whose key this is, and what it opens', tag },
    })
    .output(userSchema)
    .query(({ ctx }) => getOwnUser(ctx.scope, ctx.apiKey)),
  rename: keyProcedure
    .meta({
      limit: 'writes',
      rest: {
        method: 'PUT',
        path: '/users/me',
        summary: 'Change one’s name; needs a token of a log-in',
        tag,
      },
    })
    .input(renameSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => renameOwnUser(ctx.scope, ctx.apiKey, input.name)),
  list: operatorProcedure('admin:read')
    .meta({
      rest: { method: 'GET', path: '/users', summary: 'Everybody who has an account; for operators', tag },
    })
    .input(listUsersSchema)
    .output(usersPageSchema)
    .query(({ input }) => listUsers(input)),
  get: workspaceProcedure('members:read')
    .meta({ rest: { method: 'GET', path: '/users/{id}', summary: 'A member of the workspace', tag } })
    .input(userIdSchema)
    .output(memberSchema)
    .query(({ ctx, input }) => getMember(ctx.scope, input.id)),
});
