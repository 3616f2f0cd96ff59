'use client';
import { useEffect } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';

/** Leads to the log-in page and back to this very address, which a layout on the server does not know. */
export function SignInRedirect() {
  useEffect(() => {
    location.replace(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  }, []);
  return (
    <div className="flex min-h-dvh items-center justify-center text-foreground-subtle">
      <Spinner label="Opening the log-in page" />
    </div>
  );
}
