import { DateTime, Settings } from 'luxon';
import type { Context } from '../context.ts';

/**
 * Luxon reads its clock, zone and locale from module-wide settings. Every call into it runs inside this bracket, so that
 * it sees the scope's; calls are synchronous, therefore nobody else ever sees the changed settings.
 */
export function withClock<T>(ctx: Context, call: () => T): T {
  const { now, defaultZone, defaultLocale } = Settings;
  Settings.now = () => ctx.scope.now;
  Settings.defaultZone = ctx.scope.timezone;
  Settings.defaultLocale = 'en-US';
  try {
    return call();
  } finally {
    Settings.now = now;
    Settings.defaultZone = defaultZone;
    Settings.defaultLocale = defaultLocale;
  }
}

export const nowOf = (ctx: Context): DateTime =>
  DateTime.fromMillis(ctx.scope.now, { zone: ctx.scope.timezone, locale: 'en-US' });
