'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useDeferredValue } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { CommandGroup, CommandItem } from './command-item.tsx';

const SHOWN = 6;

/** The server searches; the palette's own filter must then let every answer through, hence the keyword. */
export function CommandWorkflows({ search, onDone }: { search: string; onDone: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = useWorkspacePath();
  const wanted = useDeferredValue(search.trim());
  const { data } = useQuery({
    ...trpc.workflows.list.queryOptions({ search: wanted || undefined, limit: SHOWN }),
    placeholderData: keepPreviousData,
  });
  const found = data?.data ?? [];
  if (found.length === 0) return null;
  return (
    <CommandGroup heading={wanted ? 'Workflows' : 'Recent workflows'}>
      {found.map(({ id, name, active }) => (
        <CommandItem
          key={id}
          value={`workflow ${id}`}
          keywords={[name, search]}
          icon={<Workflow />}
          hint={active ? 'active' : undefined}
          onSelect={() => {
            onDone();
            router.push(path(`workflows/${id}`));
          }}
        >
          {name}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}
