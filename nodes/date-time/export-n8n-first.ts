import { core } from '../n8n-export-values.ts';
import type { ExportedNode } from '../n8n-exporter.ts';
import { compact, record, text } from '../n8n-values.ts';
import { fromMoment } from './moment-pattern.ts';

type Values = Record<string, unknown>;

/** The first version, which alone gives results in a zone of their own; undefined when it cannot do this. */
export function firstVersionOf(parameters: Values): ExportedNode | undefined {
  const { operation, date, output } = parameters;
  const { fromFormat, fromZone, zone, onlyResult, keepZone } = record(parameters.options);
  const written = toMoment(fromFormat);
  if (written === undefined || onlyResult === true || keepZone === true) return undefined;
  const isPlain = fromZone === 'UTC' && zone === 'UTC';
  const common = { value: date, dataPropertyName: output === 'data' ? undefined : output };
  const options = { fromFormat: written || undefined };
  if (operation === 'format' && parameters.style === 'custom') {
    const toFormat = toMoment(parameters.pattern);
    if (toFormat === undefined) return undefined;
    const zones = isPlain ? {} : { fromTimezone: fromZone, toTimezone: zone };
    return core('dateTime', 1, { ...common, toFormat, options: compact({ ...options, ...zones }) });
  }
  if ((operation !== 'add' && operation !== 'subtract') || !isPlain) return undefined;
  return core('dateTime', 1, {
    action: 'calculate',
    ...common,
    operation: operation === 'subtract' ? 'subtract' : undefined,
    duration: parameters.amount,
    timeUnit: parameters.unit,
    options: compact(options),
  });
}

const WORDS: Record<string, string> = { cccc: 'dddd', ccc: 'ddd', ZZZ: 'ZZ', ZZ: 'Z' };

/** A pattern in the words of Moment.js; undefined when those say something else. */
function toMoment(pattern: unknown): string | undefined {
  const wanted = text(pattern);
  if (wanted === '') return '';
  if (wanted.includes('{{')) return undefined;
  const made = wanted.replace(/'([^']*)'|cccc?|ZZZ?|[yd]+/g, (word: string, quoted: string | undefined) =>
    quoted === undefined ? (WORDS[word] ?? word.toUpperCase()) : `[${quoted}]`,
  );
  const back = fromMoment(made);
  return back.pattern === wanted && back.differing.length === 0 ? made : undefined;
}
