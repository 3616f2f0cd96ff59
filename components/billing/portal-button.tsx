'use client';
import { useMutation } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';

/** To Stripe's page of this workspace: card, address, invoices, open payments. */
export function PortalButton(props: Omit<ComponentProps<typeof Button>, 'onClick' | 'pending'>) {
  const trpc = useTRPC();
  const portal = useMutation(
    trpc.billing.portal.mutationOptions({ onSuccess: ({ url }) => location.assign(url) }),
  );
  return <Button pending={portal.isPending || portal.isSuccess} onClick={() => portal.mutate()} {...props} />;
}
