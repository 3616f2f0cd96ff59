'use client';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import type { ReactNode } from 'react';
import { Logo } from '#components/layout/logo.tsx';
import { Button } from '#components/ui/button.tsx';
import { MeProvider } from '#components/workspaces/me-provider.tsx';
import type { Me } from '#server/accounts/schema.ts';

/** Around pages of a person that belong to no workspace. */
export function PlainFrame({ me, children }: { me: Me; children: ReactNode }) {
  return (
    <MeProvider me={me}>
      <header className="flex h-13 items-center justify-between border-border border-b bg-surface px-4">
        <Link href="/" className="rounded-md" aria-label="LinkFlow, start page">
          <Logo />
        </Link>
        <Button variant="ghost" onClick={() => void signOut({ redirectTo: '/login' })}>
          Log out
        </Button>
      </header>
      <main>{children}</main>
    </MeProvider>
  );
}
