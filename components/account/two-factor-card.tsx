'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { DisableTwoFactor } from './disable-two-factor.tsx';
import { EnableTwoFactor } from './enable-two-factor.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { RenewCodes } from './renew-codes.tsx';

type Step = 'enable' | 'disable' | 'renew';

/** Below this many it is time for new ones. */
const FEW = 3;

export function TwoFactorCard() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const state = useQuery(trpc.accounts.twoFactor.queryOptions());
  const [step, setStep] = useState<Step | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const done = (shown: readonly string[] | null = null) => {
    setStep(null);
    setCodes(shown);
    void queryClient.invalidateQueries({ queryKey: trpc.accounts.pathKey() });
  };
  if (state.isPending)
    return (
      <Card>
        <ListSkeleton label="Loading two-factor login" />
      </Card>
    );
  if (state.isError) return <QueryError error={state.error} onRetry={() => state.refetch()} />;
  const { enabledAt, recoveryCodes } = state.data;
  const left = `${recoveryCodes} recovery ${recoveryCodes === 1 ? 'code is' : 'codes are'} left.`;
  return (
    <Card>
      <CardHeader
        title="Two-factor login"
        description={
          <span className="flex flex-wrap items-center gap-2">
            {enabledAt
              ? `Logging in asks for a code of your authenticator app. ${left}`
              : 'A code of an authenticator app besides the password: a stolen password is not enough.'}
            {enabledAt ? <Badge tone={recoveryCodes < FEW ? 'warning' : 'success'}>on</Badge> : null}
          </span>
        }
        action={
          step || codes ? null : enabledAt ? (
            <span className="flex flex-wrap gap-2">
              <Button onClick={() => setStep('renew')}>New recovery codes…</Button>
              <Button onClick={() => setStep('disable')}>Turn off…</Button>
            </span>
          ) : (
            <Button onClick={() => setStep('enable')}>Set up…</Button>
          )
        }
      />
      <div className="px-5 pb-5 empty:hidden">
        {codes ? <RecoveryCodes codes={codes} onDone={() => setCodes(null)} /> : null}
        {step === 'enable' ? <EnableTwoFactor onDone={done} /> : null}
        {step === 'disable' ? <DisableTwoFactor onDone={() => done()} /> : null}
        {step === 'renew' ? <RenewCodes onDone={done} /> : null}
      </div>
    </Card>
  );
}
