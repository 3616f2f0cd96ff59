import { z } from 'zod';
import { router, userProcedure, workspaceProcedure } from '../trpc/init.ts';
import { createCredential, deleteCredential, updateCredential } from './commands.ts';
import { beginConnect, finishConnect } from './connect.ts';
import { getCredential, listAccesses, listCredentials, listCredentialTypes } from './queries.ts';
import {
  accessPageSchema,
  createCredentialSchema,
  credentialDetailSchema,
  credentialIdSchema,
  credentialPageSchema,
  credentialTypeSchema,
  finishConnectSchema,
  listAccessesSchema,
  listCredentialsSchema,
  triedCredentialSchema,
  tryCredentialSchema,
  updateCredentialSchema,
} from './schema.ts';
import { tryCredential } from './try-out.ts';

const tag = 'Credentials';

export const credentialsRouter = router({
  types: workspaceProcedure('credentials:read')
    .meta({
      rest: {
        method: 'GET',
        path: '/credential-types',
        tag,
        summary: 'Kinds of credentials and their fields',
      },
    })
    .output(z.object({ data: z.array(credentialTypeSchema) }))
    .query(() => ({ data: listCredentialTypes() })),
  list: workspaceProcedure('credentials:read')
    .meta({
      rest: { method: 'GET', path: '/credentials', tag, summary: 'List credentials; secrets are never told' },
    })
    .input(listCredentialsSchema)
    .output(credentialPageSchema)
    .query(({ ctx, input }) => listCredentials(ctx.scope, input)),
  get: workspaceProcedure('credentials:read')
    .meta({
      rest: { method: 'GET', path: '/credentials/{id}', tag, summary: 'One credential without its secrets' },
    })
    .input(credentialIdSchema)
    .output(credentialDetailSchema)
    .query(({ ctx, input }) => getCredential(ctx.scope, input.id)),
  create: workspaceProcedure('credentials:write')
    .meta({ rest: { method: 'POST', path: '/credentials', tag, summary: 'Keep a credential', status: 201 } })
    .input(createCredentialSchema)
    .output(credentialDetailSchema)
    .mutation(({ ctx, input }) => createCredential(ctx.scope, input)),
  update: workspaceProcedure('credentials:write')
    .meta({
      rest: {
        method: 'PUT',
        path: '/credentials/{id}',
        tag,
        summary: 'Change a credential; what is left out stays',
      },
    })
    .input(updateCredentialSchema)
    .output(credentialDetailSchema)
    .mutation(({ ctx, input }) => updateCredential(ctx.scope, input)),
  delete: workspaceProcedure('credentials:write')
    .meta({
      rest: { method: 'DELETE', path: '/credentials/{id}', tag, summary: 'Delete a credential', status: 204 },
    })
    .input(credentialIdSchema)
    .mutation(({ ctx, input }) => deleteCredential(ctx.scope, input.id)),
  test: workspaceProcedure('credentials:write')
    .meta({ rest: { method: 'POST', path: '/credentials/{id}/test', tag, summary: 'Try a credential out' } })
    .input(tryCredentialSchema)
    .output(triedCredentialSchema)
    .mutation(({ ctx, input }) => tryCredential(ctx.scope, input)),
  accesses: workspaceProcedure('credentials:write')
    .meta({
      rest: { method: 'GET', path: '/credentials/{id}/accesses', tag, summary: 'Who and what opened it' },
    })
    .input(listAccessesSchema)
    .output(accessPageSchema)
    .query(({ ctx, input }) => listAccesses(ctx.scope, input)),
  /** The address of the provider's consent page, for a window of its own. */
  connect: workspaceProcedure('credentials:write')
    .input(credentialIdSchema)
    .output(z.object({ url: z.string(), state: z.string(), redirectUri: z.string() }))
    .mutation(({ ctx, input }) => beginConnect(ctx.scope, input.id)),
  /** What the provider sent the window back with. */
  finishConnect: userProcedure
    .input(finishConnectSchema)
    .output(z.object({ workspaceId: z.string(), credentialId: z.string(), name: z.string() }))
    .mutation(({ ctx, input }) => finishConnect(ctx.session.userId, input)),
});
