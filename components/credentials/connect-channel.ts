/** Between the window of the provider's consent page, once it is back here, and the page that opened it. */
export const CONNECT_CHANNEL = 'linkflow-credentials';

export interface ConnectAnswer {
  /** Says which of several connections this is the end of; it is used up by then. */
  state: string;
  ok: boolean;
  message: string;
}

export function tellOpener(answer: ConnectAnswer): void {
  const channel = new BroadcastChannel(CONNECT_CHANNEL);
  channel.postMessage(answer);
  channel.close();
}

/** Calls back with the answer to this state. Returns what stops listening. */
export function listenFor(state: string, onAnswer: (answer: ConnectAnswer) => void): () => void {
  const channel = new BroadcastChannel(CONNECT_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<ConnectAnswer>) => {
    if (data?.state === state) onAnswer(data);
  };
  return () => channel.close();
}
