import { afterEach, describe, expect, it } from 'vitest';
import { offerUpgrade, useUpgradePrompt } from './upgrade-store.ts';

const data = { code: 'PAYMENT_REQUIRED', limit: 'members', plan: 'free', upgradeTo: 'pro' };
afterEach(() => useUpgradePrompt.setState({ ready: false, met: null }));

describe('offerUpgrade', () => {
  it('shows what was met, where there is a place for it', () => {
    useUpgradePrompt.getState().setReady(true);
    expect(offerUpgrade('All seats are taken.', data)).toBe(true);
    expect(useUpgradePrompt.getState().met).toEqual({
      limit: 'members',
      plan: 'free',
      upgradeTo: 'pro',
      message: 'All seats are taken.',
    });
    useUpgradePrompt.getState().close();
    expect(useUpgradePrompt.getState().met).toBeNull();
  });

  it('leaves the message to the caller where there is none', () => {
    expect(offerUpgrade('All seats are taken.', data)).toBe(false);
    expect(useUpgradePrompt.getState().met).toBeNull();
  });

  it('leaves it to the caller when the server says what is not known here', () => {
    useUpgradePrompt.getState().setReady(true);
    expect(offerUpgrade('No.', { ...data, limit: 'something new' })).toBe(false);
    expect(offerUpgrade('No.', null)).toBe(false);
  });
});
