'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorCode, errorMessage } from '#components/trpc/errors.ts';
import { Button } from '#components/ui/button.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { ChatFrame } from './chat-frame.tsx';
import { ChatView } from './chat-view.tsx';

/** The address of a chat. `pass`: its visitor has proven who they are. */
export function ChatStart({ endpointId, pass }: { endpointId: string; pass?: string | undefined }) {
  const trpc = useTRPC();
  const chat = useQuery(
    trpc.chat.get.queryOptions({ endpointId, pass }, { retry: false, staleTime: 60_000 }),
  );
  if (chat.isPending)
    return (
      <ChatFrame title="&nbsp;">
        <div role="status" className="flex flex-1 flex-col gap-4 p-6">
          <span className="sr-only">Loading the chat</span>
          <Skeleton className="h-9 w-2/3" />
          <Skeleton className="h-9 w-1/2" />
        </div>
      </ChatFrame>
    );
  if (chat.isError) {
    const gone = errorCode(chat.error) === 'NOT_FOUND';
    return (
      <ChatFrame title={gone ? 'There is no chat here' : 'The chat could not be loaded'}>
        <div className="flex flex-col items-start gap-4 p-6 text-foreground-muted text-ui">
          <p>
            {gone
              ? 'It may be closed, or the address is not complete. Ask whoever sent it.'
              : errorMessage(chat.error)}
          </p>
          {gone ? null : <Button onClick={() => chat.refetch()}>Try again</Button>}
        </div>
      </ChatFrame>
    );
  }
  return <ChatView endpointId={endpointId} chat={chat.data} />;
}
