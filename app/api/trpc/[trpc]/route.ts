import { handleTrpc } from '#server/trpc/route.ts';

export { handleTrpc as GET, handleTrpc as POST };
