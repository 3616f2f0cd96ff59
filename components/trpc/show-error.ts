import { TRPCClientError } from '@trpc/client';
import { toast } from 'sonner';
import { offerUpgrade } from '#components/billing/upgrade-store.ts';
import { errorCode, errorMessage } from './errors.ts';

/** An error that its caller does not show beside a field: a limit of the plan as an offer, the rest as a toast. */
export function showError(error: unknown): void {
  if (!offersUpgrade(error)) toast.error(errorMessage(error));
}

/** True when it was a limit of the plan and the offer is shown. */
export const offersUpgrade = (error: unknown): boolean =>
  errorCode(error) === 'PAYMENT_REQUIRED' &&
  error instanceof TRPCClientError &&
  offerUpgrade(errorMessage(error), error.data);
