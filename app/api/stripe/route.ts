import { receiveEvent } from '#server/billing/receive-event.ts';

export { receiveEvent as POST };
