import { z } from 'zod';
import { create } from 'zustand';
import { planKeySchema } from '#server/plans/schema.ts';

/** What a refusal with PAYMENT_REQUIRED says beside its message. */
const metSchema = z.object({
  limit: z.enum(['executionsPerMonth', 'activeWorkflows', 'members', 'minScheduleSeconds']),
  plan: planKeySchema,
  upgradeTo: planKeySchema.nullable(),
});
export type MetLimit = z.output<typeof metSchema> & { message: string };

interface UpgradePromptState {
  /** Whether there is a place on the page where it can be shown. */
  ready: boolean;
  met: MetLimit | null;
  setReady: (ready: boolean) => void;
  close: () => void;
}

export const useUpgradePrompt = create<UpgradePromptState>((set) => ({
  ready: false,
  met: null,
  setReady: (ready) => set({ ready }),
  close: () => set({ met: null }),
}));

/** Offers more where a limit of the plan was met. False when it cannot: then the caller shows the message. */
export function offerUpgrade(message: string, data: unknown): boolean {
  const met = metSchema.safeParse(data);
  if (!met.success || !useUpgradePrompt.getState().ready) return false;
  useUpgradePrompt.setState({ met: { ...met.data, message } });
  return true;
}
