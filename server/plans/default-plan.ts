import { env } from '../env.ts';
import type { PlanKey } from './schema.ts';

/** The plan of a workspace for which nobody chose or bought one: without Stripe everything, with it the free one. */
export function defaultPlan(): PlanKey {
  const { LINKFLOW_DEFAULT_PLAN, STRIPE_SECRET_KEY } = env();
  return LINKFLOW_DEFAULT_PLAN ?? (STRIPE_SECRET_KEY ? 'free' : 'self-hosted');
}
