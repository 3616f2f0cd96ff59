import { core, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Schedules hold no templates, so everything goes along as it is. */
export const exporter: N8nExporter = ({ parameters }) => {
  const rules = list(parameters.rules);
  const once = rules.some((rule) => rule.mode === 'once');
  return core(
    'scheduleTrigger',
    1.2,
    {},
    {
      literal: { rule: { interval: rules.map(rowOf) } },
      ...(once ? { approximated: 'n8n has no rule for a single time: what ran once runs every year.' } : {}),
    },
  );
};

function rowOf(rule: Values): Values {
  if (rule.mode === 'cron') return { field: 'cronExpression', expression: rule.cron };
  if (rule.mode === 'once') return { field: 'cronExpression', expression: yearly(text(rule.at)) };
  const unit = text(rule.unit, 'days');
  const isDaily = ['days', 'weeks', 'months'].includes(unit);
  return compact({
    field: unit,
    [`${unit}Interval`]: rule.every,
    triggerAtDay: unit === 'weeks' ? weekdays(text(rule.weekdays)) : undefined,
    triggerAtDayOfMonth: unit === 'months' ? rule.dayOfMonth : undefined,
    triggerAtHour: isDaily ? rule.hour : undefined,
    triggerAtMinute: isDaily || unit === 'hours' ? rule.minute : undefined,
  });
}

const weekdays = (names: string): number[] =>
  names
    .split(',')
    .map((name) => DAYS.indexOf(name.trim().toLowerCase().slice(0, 3)))
    .filter((day) => day >= 0);

function yearly(at: string): string {
  const [, month, day, hour = '0', minute = '0'] = /^\d+-(\d+)-(\d+)(?:T(\d+):(\d+))?/.exec(at) ?? [];
  return [minute, hour, day ?? '1', month ?? '1', '*'].map((part) => part.replace(/^0+(?=\d)/, '')).join(' ');
}
