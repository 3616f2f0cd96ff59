import { newId } from './collection.ts';
import type { Sandbox } from './sandbox.ts';

/** The version that the SDK is pinned to: what is sent here has its shape. */
export const API_VERSION = '2026-10-28.endive';

export type StripeEvent = ReturnType<typeof newEvent>;

/** An event with a picture of the object as it is now. */
export function newEvent(sandbox: Sandbox, type: string, object: object, previous?: object) {
  return {
    id: newId('evt'),
    object: 'event' as const,
    api_version: API_VERSION,
    created: sandbox.now,
    data: {
      object: structuredClone(object),
      ...(previous && { previous_attributes: structuredClone(previous) }),
    },
    livemode: false,
    pending_webhooks: 0,
    request: { ...sandbox.request },
    type,
  };
}

/** The earlier values of what is different now, as `previous_attributes` has them. */
export function differences(before: object, after: object): Record<string, unknown> {
  const now = new Map(Object.entries(after));
  return Object.fromEntries(
    Object.entries(before).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(now.get(key))),
  );
}
