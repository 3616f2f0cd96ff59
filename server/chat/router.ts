import { publicProcedure, router } from '../trpc/init.ts';
import { getChat } from './queries.ts';
import { chatEndpointSchema, chatSchema } from './schema.ts';

/** Messages come by the web listener, for they may hold files: server/chat/receive.ts. */
export const chatRouter = router({
  get: publicProcedure
    .input(chatEndpointSchema)
    .output(chatSchema)
    .query(({ input }) => getChat(input.endpointId, input.pass)),
});
