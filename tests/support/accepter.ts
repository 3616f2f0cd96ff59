import { type Accepted, acceptExecution, type NewExecution } from '#server/executions/accept.ts';

/** What a web process does with webhooks, as a process of its own that a test can let die. */
export interface AcceptOrder {
  accept: NewExecution[];
}
export interface Answer {
  deliveryKey: string;
  accepted: Accepted;
}

process.on('message', (message: Partial<AcceptOrder>) => {
  for (const execution of message.accept ?? []) {
    acceptExecution(execution).then(
      (accepted) => process.send?.({ answer: { deliveryKey: execution.deliveryKey, accepted } }),
      () => undefined, // nothing is promised
    );
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
