'use client';
import { ErrorMessage } from '#components/layout/error-message.tsx';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <ErrorMessage error={error} onRetry={reset} />;
}
