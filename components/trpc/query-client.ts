import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { errorCode, errorMessage } from './errors.ts';
import { offersUpgrade } from './show-error.ts';

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** The caller shows the error itself, next to the field say; no toast. */
      showsError?: boolean;
    };
  }
}

/** A refused call is final; only what may pass by itself (network, 5xx) is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({
      onError: (error, _variables, _result, mutation) => {
        // a limit of the plan is offered to be lifted, also where the caller shows the message beside
        if (leaveWhenSignedOut(error) || offersUpgrade(error) || mutation.meta?.showsError) return;
        toast.error(errorMessage(error));
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < 2 && [null, 'INTERNAL_SERVER_ERROR', 'TIMEOUT'].includes(errorCode(error)),
      },
    },
  });
}

function leaveWhenSignedOut(error: Error): boolean {
  if (errorCode(error) !== 'UNAUTHORIZED' || location.pathname.startsWith('/login')) return false;
  const next = location.pathname + location.search;
  location.assign(`/login?next=${encodeURIComponent(next)}`);
  return true;
}
