'use client';
import './globals.css';
import { ErrorMessage } from '#components/layout/error-message.tsx';

/** Replaces the root layout when that itself fails. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col">
        <ErrorMessage error={error} onRetry={reset} />
      </body>
    </html>
  );
}
