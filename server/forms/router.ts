import { publicProcedure, router } from '../trpc/init.ts';
import { getForm, getFormState } from './queries.ts';
import { endpointSchema, formSchema, formStateSchema, runTokenSchema } from './schema.ts';

/** What is filled in comes by the web listener, for it may hold files: server/forms/submit.ts. */
export const formsRouter = router({
  get: publicProcedure
    .input(endpointSchema)
    .output(formSchema)
    .query(({ input }) => getForm(input.endpointId, input.pass)),
  state: publicProcedure
    .input(runTokenSchema)
    .output(formStateSchema)
    .query(({ input }) => getFormState(input.token)),
});
