import type { N8nImporter } from '../n8n.ts';
import { compact, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const EVERY_KEY: Record<string, { key: string; fallback: number }> = {
  seconds: { key: 'secondsInterval', fallback: 30 },
  minutes: { key: 'minutesInterval', fallback: 5 },
  hours: { key: 'hoursInterval', fallback: 1 },
  days: { key: 'daysInterval', fallback: 1 },
  weeks: { key: 'weeksInterval', fallback: 1 },
  months: { key: 'monthsInterval', fallback: 1 },
};

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.scheduleTrigger'],
    map: (_node, _version, { original }) => {
      const interval = rows(original.rule, 'interval');
      return imported((interval.length > 0 ? interval : [{}]).map(ruleOf));
    },
  },
  {
    types: ['n8n-nodes-base.cron'],
    map: (_node, _version, { original }) => {
      const items = rows(original.triggerTimes, 'item');
      if (items.length > 0) return imported(items.map(cronRuleOf));
      const interval = rows(original.rule, 'interval'); // generated files give the old node the new one's parameters
      return imported(interval.length > 0 ? interval.map(ruleOf) : [cronRuleOf(original)]);
    },
  },
  {
    types: ['n8n-nodes-base.interval'],
    map: (_node, _version, { original }) =>
      imported([
        { mode: 'interval', every: whole(original.interval, 1), unit: text(original.unit, 'seconds') },
      ]),
  },
];

const imported = (rules: Values[]) => ({ type: 'schedule-trigger', parameters: { rules } });

function ruleOf(row: Values): Values {
  const unit = text(row.field, 'days');
  if (unit === 'cronExpression') return { mode: 'cron', cron: plain(row.expression) };
  const { key, fallback } = EVERY_KEY[unit] ?? { key: 'daysInterval', fallback: 1 };
  return compact({
    mode: 'interval',
    unit: unit in EVERY_KEY ? unit : 'days',
    every: whole(row[key], fallback),
    hour: ['days', 'weeks', 'months'].includes(unit) ? whole(row.triggerAtHour, 0) : undefined,
    minute: ['hours', 'days', 'weeks', 'months'].includes(unit) ? whole(row.triggerAtMinute, 0) : undefined,
    weekdays: unit === 'weeks' ? weekdays(row.triggerAtDay) : undefined,
    dayOfMonth: unit === 'months' ? whole(row.triggerAtDayOfMonth, 1) : undefined,
  });
}

/** The old Cron node: by default every day at two in the afternoon. */
function cronRuleOf(row: Values): Values {
  const hour = whole(row.hour, 14);
  const minute = whole(row.minute, 0);
  switch (text(row.mode, 'everyDay')) {
    case 'everyMinute':
      return { mode: 'interval', unit: 'minutes', every: 1 };
    case 'everyHour':
      return { mode: 'interval', unit: 'hours', every: 1, minute };
    case 'everyX':
      return { mode: 'interval', unit: text(row.unit, 'hours'), every: whole(row.value, 2) };
    case 'everyWeek':
      return {
        mode: 'interval',
        unit: 'weeks',
        every: 1,
        hour,
        minute,
        weekdays: weekdays([row.weekday ?? 1]),
      };
    case 'everyMonth':
      return {
        mode: 'interval',
        unit: 'months',
        every: 1,
        hour,
        minute,
        dayOfMonth: whole(row.dayOfMonth, 1),
      };
    case 'custom':
      return { mode: 'cron', cron: plain(row.cronExpression) };
    default:
      return { mode: 'interval', unit: 'days', every: 1, hour, minute };
  }
}

/** Schedules hold no templates: an expression sign in front of a literal is dropped. */
const plain = (value: unknown) => text(value).replace(/^=/, '').trim();
const whole = (value: unknown, fallback: number) => {
  const number = Number(typeof value === 'string' ? plain(value) : (value ?? fallback));
  return Number.isInteger(number) && number >= 0 ? number : fallback;
};
function weekdays(value: unknown): string {
  const list = Array.isArray(value) ? value : [value ?? 0];
  return list.map((day) => DAYS[Number(day) % 7] ?? 'sun').join(', ');
}
