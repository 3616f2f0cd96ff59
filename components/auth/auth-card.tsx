import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#components/layout/logo.tsx';
import { cn } from '#lib/cn.ts';

/** Frame of the pages that one sees before being signed in. */
export function AuthCard({
  title,
  description,
  footer,
  wide = false,
  children,
}: {
  title: string;
  description?: ReactNode;
  footer?: ReactNode;
  /** For reading rather than for filling in. */
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="relative flex min-h-dvh flex-col items-center overflow-hidden px-4 py-10 sm:justify-center">
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 bg-[radial-gradient(circle_at_center,var(--border)_1px,transparent_1px)] bg-[size:24px_24px] [mask-image:radial-gradient(ellipse_at_50%_30%,black,transparent_65%)]"
      />
      <header className="relative mb-8">
        <Link href="/" className="rounded-md" aria-label="LinkFlow, start page">
          <Logo />
        </Link>
      </header>
      <main
        className={cn(
          'relative w-full rounded-xl border border-border bg-surface p-6 shadow-raised sm:p-7',
          wide ? 'max-w-lg' : 'max-w-sm',
        )}
      >
        <h1 className="text-lg font-semibold tracking-tight wrap-anywhere">{title}</h1>
        {description ? <p className="mt-1 text-ui text-foreground-muted">{description}</p> : null}
        <div className="mt-6">{children}</div>
      </main>
      {footer ? <footer className="relative mt-6 text-ui text-foreground-muted">{footer}</footer> : null}
    </div>
  );
}

export function AuthLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="rounded font-medium text-accent-text underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}
