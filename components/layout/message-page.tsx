import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from './logo.tsx';

/** A whole page that says one thing: not found, failed. */
export function MessagePage({
  code,
  title,
  children,
  actions,
}: {
  code: string;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="relative flex min-h-full flex-1 flex-col items-center justify-center overflow-hidden px-6 py-16 text-center">
      <div
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 bg-[radial-gradient(circle_at_center,var(--border)_1px,transparent_1px)] bg-[size:24px_24px] [mask-image:radial-gradient(ellipse_at_center,black,transparent_60%)]"
      />
      <Link href="/" aria-label="LinkFlow, start page" className="relative mb-10 rounded-md">
        <Logo />
      </Link>
      <p className="relative font-mono text-xs text-foreground-subtle">{code}</p>
      <h1 className="relative mt-2 text-xl font-semibold tracking-tight">{title}</h1>
      <div className="relative mt-2 max-w-md text-ui text-foreground-muted">{children}</div>
      <div className="relative mt-6 flex flex-wrap justify-center gap-2">{actions}</div>
    </main>
  );
}
