'use client';
import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import type { FormEnding } from '#engine/events.ts';
import { FormFrame } from './form-frame.tsx';

/** The end, or the way to where it goes on. */
export function FormEndingView({ ending: { title, message, redirectUrl } }: { ending: FormEnding }) {
  useEffect(() => {
    if (redirectUrl) location.replace(redirectUrl);
  }, [redirectUrl]);
  if (redirectUrl) {
    return (
      <FormFrame title={title} description="You are being sent on.">
        <a className="rounded font-medium text-accent-text text-ui hover:underline" href={redirectUrl}>
          Go on now
        </a>
      </FormFrame>
    );
  }
  return (
    <FormFrame title={title} description={message}>
      <p role="status" className="flex items-center gap-2 font-medium text-success text-ui">
        <CircleCheck aria-hidden="true" className="size-4.5" /> Sent
      </p>
    </FormFrame>
  );
}
