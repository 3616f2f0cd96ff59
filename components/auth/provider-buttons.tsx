'use client';
import { signIn } from 'next-auth/react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ProviderIcon } from './provider-icon.tsx';

export interface Way {
  id: string;
  provider: string;
  name: string;
}

/** To the provider and back to `next`, by the page that asks for the code of somebody with two-factor login. */
export const goToProvider = (id: string, next: string): Promise<unknown> =>
  signIn(id, { redirectTo: `/login/code?${new URLSearchParams({ next })}` });

/** Nothing at all where no provider is set up. `next` has been checked by the page. */
export function ProviderButtons({ ways, next }: { ways: readonly Way[]; next: string }) {
  const [leaving, setLeaving] = useState<string | null>(null);
  if (ways.length === 0) return null;
  return (
    <div className="mb-5 flex flex-col gap-2">
      {ways.map(({ id, provider, name }) => (
        <Button
          key={id}
          size="lg"
          pending={leaving === id}
          onClick={() => {
            setLeaving(id);
            void goToProvider(id, next).catch(() => setLeaving(null));
          }}
        >
          <ProviderIcon provider={provider} />
          Continue with {name}
        </Button>
      ))}
      <p className="mt-3 flex items-center gap-3 text-foreground-subtle text-xs before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        or
      </p>
    </div>
  );
}
