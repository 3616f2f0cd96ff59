'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMe } from '#components/workspaces/me-provider.tsx';
import type { AdminUser } from '#server/admin/schema.ts';

type Asked = 'block' | 'unblock' | 'make' | 'unmake' | 'sessions';

const WORDS: Record<Asked, { item: string; title: (name: string) => string; confirm: string; text: string }> =
  {
    block: {
      item: 'Block…',
      title: (name) => `Block ${name}?`,
      confirm: 'Block',
      text: 'They are logged out everywhere and cannot log in, and their API keys stop working. What they made goes on.',
    },
    unblock: {
      item: 'Unblock…',
      title: (name) => `Let ${name} in again?`,
      confirm: 'Unblock',
      text: 'They can log in again, and their API keys work again.',
    },
    make: {
      item: 'Make operator…',
      title: (name) => `Make ${name} an operator?`,
      confirm: 'Make operator',
      text: 'They see everything on these pages, and can block people and make other operators.',
    },
    unmake: {
      item: 'No longer operator…',
      title: (name) => `Shall ${name} be no operator any more?`,
      confirm: 'Take the right away',
      text: 'They do not see these pages any more.',
    },
    sessions: {
      item: 'Log out everywhere…',
      title: (name) => `Log ${name} out everywhere?`,
      confirm: 'Log out',
      text: 'They can log in again at once.',
    },
  };

/** What an operator can do to somebody else. */
export function UserActions({ user }: { user: AdminUser }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const isMe = useMe().user.id === user.id;
  const [asked, setAsked] = useState<Asked | null>(null);
  const [open, setOpen] = useState(false);
  const done = {
    onSuccess: () => toast.success('Done.'),
    onSettled: () => {
      setOpen(false);
      return queryClient.invalidateQueries({ queryKey: trpc.admin.users.pathKey() });
    },
  };
  const block = useMutation(trpc.admin.block.mutationOptions(done));
  const unblock = useMutation(trpc.admin.unblock.mutationOptions(done));
  const make = useMutation(trpc.admin.setAdmin.mutationOptions(done));
  const sessions = useMutation(trpc.admin.endSessions.mutationOptions(done));
  const { id } = user;
  const act = () => {
    if (asked === 'sessions') sessions.mutate({ id });
    else if (asked === 'block') block.mutate({ id });
    else if (asked === 'unblock') unblock.mutate({ id });
    else make.mutate({ id, isAdmin: asked === 'make' });
  };
  const offered: Asked[] = isMe
    ? ['sessions']
    : [user.blockedAt ? 'unblock' : 'block', user.isAdmin ? 'unmake' : 'make', 'sessions'];
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={`Actions for ${user.name}`} tooltip={false}>
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {offered.map((one) => (
            <DropdownMenuItem
              key={one}
              onSelect={() => {
                setAsked(one);
                setOpen(true);
              }}
            >
              {WORDS[one].item}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      {asked ? (
        <ConfirmDialog
          open={open}
          onOpenChange={setOpen}
          title={WORDS[asked].title(user.name)}
          confirmLabel={WORDS[asked].confirm}
          danger={asked === 'block' || asked === 'unmake'}
          pending={[block, unblock, make, sessions].some((one) => one.isPending)}
          onConfirm={act}
        >
          {WORDS[asked].text}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
