import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#components/layout/logo.tsx';
import { Button } from '#components/ui/button.tsx';

interface PublicFrameProps {
  signedIn: boolean;
  /** Whether plans are sold here; else nothing leads to their prices. */
  sells: boolean;
  children: ReactNode;
}

/** Around the pages for visitors: who we are, how to get in, where to read on. */
export function PublicFrame({ signedIn, sells, children }: PublicFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col overflow-x-clip bg-[radial-gradient(ellipse_60rem_30rem_at_50%_-4rem,color-mix(in_oklch,var(--accent)_9%,transparent),transparent)]">
      <header className="mx-auto flex w-full max-w-6xl items-center justify-between px-4 py-4 sm:px-8">
        <Link href="/" aria-label="LinkFlow, start page" className="flex rounded-md">
          <Logo />
        </Link>
        <nav aria-label="Account" className="flex items-center gap-1 sm:gap-2">
          {sells ? (
            <Button asChild variant="ghost">
              <Link href="/pricing">Pricing</Link>
            </Button>
          ) : null}
          {signedIn ? (
            <Button asChild variant="primary">
              <Link href="/">Open LinkFlow</Link>
            </Button>
          ) : (
            <>
              <Button asChild variant="ghost">
                <Link href="/login">Log in</Link>
              </Button>
              <Button asChild variant="primary">
                <Link href="/signup">Sign up</Link>
              </Button>
            </>
          )}
        </nav>
      </header>
      <main className="flex flex-1 flex-col">{children}</main>
      <footer className="mx-auto w-full max-w-6xl px-4 sm:px-8">
        <div className="flex flex-wrap justify-between gap-x-6 gap-y-2 border-border border-t py-6 text-foreground-subtle text-xs">
          <span>LinkFlow</span>
          <span className="flex gap-6">
            {sells ? (
              <Link href="/pricing" className="rounded hover:text-foreground">
                Pricing
              </Link>
            ) : null}
            <a href="/docs/api" className="rounded hover:text-foreground">
              API reference
            </a>
          </span>
        </div>
      </footer>
    </div>
  );
}
