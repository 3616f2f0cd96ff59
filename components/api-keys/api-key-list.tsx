'use client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { ApiKeyRow } from './api-key-row.tsx';

export function ApiKeyList({ onCreate }: { onCreate: () => void }) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKeys.list.queryOptions());
  if (keys.isPending) {
    return (
      <Card>
        <ListSkeleton label="Loading API keys" />
      </Card>
    );
  }
  if (keys.isError) return <QueryError error={keys.error} onRetry={() => keys.refetch()} />;
  if (keys.data.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={<KeyRound />}
          title="No API keys yet"
          actions={
            <Button variant="primary" onClick={onCreate}>
              Create key
            </Button>
          }
        >
          With a key, a deployment script can start a workflow, wait for its result, or move workflows between
          workspaces. Every key acts for you and can be limited to what it needs.
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card aria-label="API keys">
      <ul className="divide-y divide-border">
        {keys.data.map((key) => (
          <ApiKeyRow key={key.id} apiKey={key} />
        ))}
      </ul>
    </Card>
  );
}
