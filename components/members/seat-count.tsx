'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';

/** How many seats are taken, where there is a limit. For those who may invite. */
export function SeatCount() {
  const trpc = useTRPC();
  const seats = useQuery(trpc.workspaces.get.queryOptions()).data?.seats ?? null;
  const members = useQuery(trpc.members.list.queryOptions()).data?.length;
  const invited = useQuery(trpc.members.invitations.queryOptions()).data?.length;
  if (seats === null || members === undefined || invited === undefined) return null;
  const taken = members + invited;
  return (
    <Badge tone={taken < seats ? 'neutral' : 'warning'}>
      {taken} of {seats} {seats === 1 ? 'seat' : 'seats'}
    </Badge>
  );
}
