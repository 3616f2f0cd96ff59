import type { AppError } from '#server/errors.ts';
import { type Accepted, acceptExecution, type NewExecution } from '#server/executions/accept.ts';

/** What a web process does with webhooks, as a process of its own that a test can let die. */
export interface AcceptOrder {
  accept: NewExecution[];
}
export interface Answer {
  deliveryKey: string;
  accepted: Accepted;
}
/** A start that was not stored, and why. */
export interface Refused {
  deliveryKey: string;
  code: string;
}

process.on('message', (message: Partial<AcceptOrder>) => {
  for (const execution of message.accept ?? []) {
    acceptExecution(execution).then(
      (accepted) => process.send?.({ answer: { deliveryKey: execution.deliveryKey, accepted } }),
      (error: Partial<AppError>) =>
        process.send?.({ refused: { deliveryKey: execution.deliveryKey, code: error.code } }),
    );
  }
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
