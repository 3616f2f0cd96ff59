'use client';
import Link from 'next/link';
import { useEffect } from 'react';
import { Button } from '#components/ui/button.tsx';
import { MessagePage } from './message-page.tsx';

export function ErrorMessage({
  error,
  onRetry,
}: {
  error: Error & { digest?: string };
  onRetry: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <MessagePage
      code={error.digest ? `error ${error.digest}` : 'error'}
      title="Something went wrong here"
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            Try again
          </Button>
          <Button asChild>
            <Link href="/">Start page</Link>
          </Button>
        </>
      }
    >
      Nothing of your data is lost, and running workflows go on. If it happens again, tell whoever runs this
      server the code above.
    </MessagePage>
  );
}
