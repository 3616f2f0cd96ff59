import { DateTime } from 'luxon';
import type { JsonObject } from '#engine/item.ts';
import { implement, toMain } from '../implement.ts';
import { scheduleTrigger } from './definition.ts';

export const scheduleTriggerNode = implement(scheduleTrigger, {
  default: ({ items, services, workflow }) => {
    const given = items.some((item) => Object.keys(item.json).length > 0);
    return toMain(given ? items : [{ json: timeItem(services.now(), workflow.timezone) }]);
  },
});

/** The time in words and parts; the keys are those that workflows from n8n read. */
export function timeItem(now: number, timezone: string): JsonObject {
  const time = DateTime.fromMillis(now, { zone: timezone }).setLocale('en');
  const readable = time.toFormat('h:mm:ss a').toLowerCase();
  return {
    timestamp: time.toISO(),
    'Readable date': `${time.toFormat('MMMM')} ${ordinal(time.day)} ${time.year}, ${readable}`,
    'Readable time': readable,
    'Day of week': time.toFormat('cccc'),
    Year: time.toFormat('yyyy'),
    Month: time.toFormat('MMMM'),
    'Day of month': time.toFormat('dd'),
    Hour: time.toFormat('HH'),
    Minute: time.toFormat('mm'),
    Second: time.toFormat('ss'),
    Timezone: `${timezone} (UTC${time.toFormat('ZZ')})`,
  };
}

function ordinal(day: number): string {
  const tail = day % 100 > 10 && day % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${tail}`;
}
