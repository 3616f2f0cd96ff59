'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC, useTRPCClient } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { listenFor } from './connect-channel.ts';

export type ConnectState =
  | { status: 'idle' | 'opening' | 'connected' }
  /** `returned`: the person looked at this page again without an answer having come. */
  | { status: 'waiting'; state: string; returned: boolean }
  | { status: 'failed'; message: string };

const BLOCKED = 'The browser blocked the window. Allow pop-ups for this page, then try again.';

/**
 * Sends somebody to the provider's consent page in a window of its own, and waits for it to come back. Whether that window
 * was closed cannot be seen once it left for another site, so one may always begin again.
 */
export function useConnect(id: string): { state: ConnectState; begin: () => void; cancel: () => void } {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, setState] = useState<ConnectState>({ status: 'idle' });
  const opened = useRef<Window | null>(null);
  const waitingFor = state.status === 'waiting' ? state.state : null;

  useEffect(() => {
    if (waitingFor === null) return;
    const stop = listenFor(waitingFor, ({ ok, message }) => {
      setState(ok ? { status: 'connected' } : { status: 'failed', message });
      void queryClient.invalidateQueries({ queryKey: trpc.credentials.pathKey() });
    });
    const onFocus = () => setState((now) => (now.status === 'waiting' ? { ...now, returned: true } : now));
    window.addEventListener('focus', onFocus);
    return () => {
      stop();
      window.removeEventListener('focus', onFocus);
    };
  }, [waitingFor, queryClient, trpc]);

  const begin = () => {
    // at once: a window that is opened later than the click is taken for an advertisement
    const popup = window.open('about:blank', '_blank', 'popup,width=600,height=760');
    if (!popup) return setState({ status: 'failed', message: BLOCKED });
    opened.current?.close();
    opened.current = popup;
    setState({ status: 'opening' });
    client.credentials.connect.mutate({ id }).then(
      ({ url, state: expected }) => {
        if (popup.closed) return setState({ status: 'idle' });
        popup.location.href = url;
        setState({ status: 'waiting', state: expected, returned: false });
      },
      (error: unknown) => {
        popup.close();
        setState({ status: 'failed', message: errorMessage(error) });
      },
    );
  };
  return { state, begin, cancel: () => setState({ status: 'idle' }) };
}
