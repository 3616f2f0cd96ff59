'use client';
import { ChevronsUpDown, LogOut, Mails, Monitor, Moon, ShieldUser, Sun, UserRound } from 'lucide-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { useTheme } from 'next-themes';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { Avatar } from './avatar.tsx';

export function UserMenu({ compact }: { compact: boolean }) {
  const { user } = useMe();
  const { theme, setTheme } = useTheme();
  const path = useWorkspacePath();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={compact ? `${user.name}: account` : undefined}
        className={cn(
          'flex h-10 w-full shrink-0 items-center gap-2 rounded-md text-left -outline-offset-2 transition-colors hover:bg-muted data-[state=open]:bg-muted',
          compact ? 'justify-center' : 'px-1.5',
        )}
      >
        <Avatar name={user.name} seed={user.id} />
        {compact ? null : (
          <>
            <span className="min-w-0 flex-1 leading-tight">
              <span className="block truncate text-ui font-medium">
                {user.name}
                <span className="sr-only">: account</span>
              </span>
              <span className="block truncate text-[11px] text-foreground-subtle">{user.email}</span>
            </span>
            <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-foreground-subtle" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-56">
        <DropdownMenuLabel className="truncate font-normal">{user.email}</DropdownMenuLabel>
        <DropdownMenuItem asChild>
          <Link href={path('account')}>
            <UserRound />
            Your account
          </Link>
        </DropdownMenuItem>
        {user.isAdmin ? (
          <DropdownMenuItem asChild>
            <Link href={path('outbox')}>
              <Mails />
              Outbox
            </Link>
          </DropdownMenuItem>
        ) : null}
        {user.isAdmin ? (
          <DropdownMenuItem asChild>
            <Link href="/admin">
              <ShieldUser />
              Operator’s pages
            </Link>
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={setTheme}>
          <DropdownMenuRadioItem value="light">
            <Sun />
            Light
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="dark">
            <Moon />
            Dark
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="system">
            <Monitor />
            Like the system
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void signOut({ redirectTo: '/login' })}>
          <LogOut />
          Log out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
