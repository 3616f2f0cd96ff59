'use client';
import { FileDown, Monitor, Moon, Plus, Sun, UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useCreateWorkflow } from '#components/workflows/use-create-workflow.ts';
import { useMay, useMe } from '#components/workspaces/me-provider.tsx';
import { useWorkspaceId, useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { Avatar } from './avatar.tsx';
import { CommandGroup, CommandItem } from './command-item.tsx';
import { NAV_ITEMS } from './nav-items.ts';

const THEMES = [
  { value: 'light', label: 'Light theme', Icon: Sun },
  { value: 'dark', label: 'Dark theme', Icon: Moon },
  { value: 'system', label: 'Theme like the system', Icon: Monitor },
] as const;

/** What one can do; first in the palette, since it is there at once. */
export function CommandActions({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const path = useWorkspacePath();
  const may = useMay();
  const create = useCreateWorkflow();
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  if (!may.edit) return null;
  return (
    <CommandGroup heading="Actions">
      <CommandItem
        value="Create workflow"
        keywords={['new', 'add']}
        icon={<Plus />}
        onSelect={() => {
          onDone();
          create.mutate({ name: 'Untitled workflow' });
        }}
      >
        Create workflow
      </CommandItem>
      <CommandItem
        value="Import workflow"
        keywords={['n8n', 'json', 'yaml', 'paste']}
        icon={<FileDown />}
        onSelect={() => go(path('workflows?import=1'))}
      >
        Import workflow
      </CommandItem>
      {may.administer ? (
        <CommandItem
          value="Invite member"
          keywords={['user', 'people', 'team']}
          icon={<UserPlus />}
          onSelect={() => go(path('members?invite=1'))}
        >
          Invite member
        </CommandItem>
      ) : null}
    </CommandGroup>
  );
}

/** Where one can go: pages, workspaces; and how it looks. */
export function CommandPlaces({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const may = useMay();
  const path = useWorkspacePath();
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  return (
    <>
      <CommandGroup heading="Go to">
        {NAV_ITEMS.filter(({ administers = false }) => may.administer || !administers).map(
          ({ page, label, Icon }) => (
            <CommandItem key={page} value={`Go to ${label}`} icon={<Icon />} onSelect={() => go(path(page))}>
              {label}
            </CommandItem>
          ),
        )}
      </CommandGroup>
      <OtherWorkspaces onGo={go} />
      <Themes onDone={onDone} />
    </>
  );
}

function OtherWorkspaces({ onGo }: { onGo: (href: string) => void }) {
  const current = useWorkspaceId();
  const others = useMe().workspaces.filter(({ id }) => id !== current);
  if (others.length === 0) return null;
  return (
    <CommandGroup heading="Switch workspace">
      {others.map(({ id, name }) => (
        <CommandItem
          key={id}
          value={`Workspace ${name} ${id}`}
          icon={<Avatar name={name} seed={id} square className="size-5 text-[10px]" />}
          onSelect={() => onGo(`/w/${id}/workflows`)}
        >
          {name}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}

function Themes({ onDone }: { onDone: () => void }) {
  const { theme, setTheme } = useTheme();
  return (
    <CommandGroup heading="Theme">
      {THEMES.map(({ value, label, Icon }) => (
        <CommandItem
          key={value}
          value={label}
          keywords={['appearance', 'mode', 'colour']}
          icon={<Icon />}
          hint={theme === value ? 'current' : undefined}
          onSelect={() => {
            setTheme(value);
            onDone();
          }}
        >
          {label}
        </CommandItem>
      ))}
    </CommandGroup>
  );
}
