import { TRPCClientError } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useUpgradePrompt } from '#components/billing/upgrade-store.ts';
import { offersUpgrade } from './show-error.ts';

const refusal = (code: string) =>
  TRPCClientError.from({
    error: {
      message: 'No seat is free.',
      code: -32_000,
      data: { code, limit: 'members', plan: 'free', upgradeTo: 'pro' },
    },
  });
beforeEach(() => useUpgradePrompt.getState().setReady(true));
afterEach(() => useUpgradePrompt.setState({ ready: false, met: null }));

describe('offersUpgrade', () => {
  it('offers more where the plan refused', () => {
    expect(offersUpgrade(refusal('PAYMENT_REQUIRED'))).toBe(true);
    expect(useUpgradePrompt.getState().met).toMatchObject({ limit: 'members', message: 'No seat is free.' });
  });

  it('leaves every other error to the caller', () => {
    expect(offersUpgrade(refusal('CONFLICT'))).toBe(false);
    expect(offersUpgrade(new Error('Failed to fetch'))).toBe(false);
    expect(useUpgradePrompt.getState().met).toBeNull();
  });

  it('leaves it to the caller outside of a workspace', () => {
    useUpgradePrompt.getState().setReady(false);
    expect(offersUpgrade(refusal('PAYMENT_REQUIRED'))).toBe(false);
  });
});
