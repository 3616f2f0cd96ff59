'use client';
import { ErrorMessage } from '#components/layout/error-message.tsx';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <ErrorMessage error={error} onRetry={reset} />
    </div>
  );
}
