import type { Completion } from '@codemirror/autocomplete';

/** Names that every template can use. */
export const VARIABLES: readonly Completion[] = [
  { label: '$json', type: 'variable', detail: 'the current item', boost: 99 },
  { label: '$input', type: 'variable', detail: 'all input items', boost: 90 },
  {
    label: "$('…')",
    type: 'variable',
    detail: 'another node’s items',
    boost: 95,
    apply: (view, _completion, from, to) =>
      view.dispatch({ changes: { from, to, insert: "$('" }, selection: { anchor: from + 3 } }),
  },
  { label: '$now', type: 'variable', detail: 'date and time', boost: 80 },
  { label: '$today', type: 'variable', detail: 'date, at midnight', boost: 79 },
  { label: '$itemIndex', type: 'variable', detail: 'number of the item' },
  { label: '$runIndex', type: 'variable', detail: 'number of the run' },
  { label: '$workflow', type: 'variable', detail: 'id, name, active' },
  { label: '$execution', type: 'variable', detail: 'id, mode, resumeUrl' },
  { label: '$vars', type: 'variable', detail: 'workspace variables' },
  { label: '$env', type: 'variable', detail: 'exposed environment' },
  { label: '$if()', type: 'function', detail: '$if(test, then, else)', apply: '$if(' },
  { label: '$ifEmpty()', type: 'function', detail: '$ifEmpty(value, fallback)', apply: '$ifEmpty(' },
  { label: '$max()', type: 'function', detail: 'largest number', apply: '$max(' },
  { label: '$min()', type: 'function', detail: 'smallest number', apply: '$min(' },
  { label: '$jmespath()', type: 'function', detail: '$jmespath(data, query)', apply: '$jmespath(' },
  { label: 'DateTime', type: 'class', detail: 'Luxon' },
  { label: 'Math', type: 'class' },
  { label: 'JSON', type: 'class' },
  { label: 'Object', type: 'class' },
];

const method = (label: string, detail: string): Completion => ({
  label: `${label}()`,
  type: 'method',
  detail,
  apply: `${label}(`,
});
const call = (label: string, detail: string): Completion => ({ label: `${label}()`, type: 'method', detail });

const TEXT: readonly Completion[] = [
  call('toUpperCase', 'ABC'),
  call('toLowerCase', 'abc'),
  call('toTitleCase', 'Abc Def'),
  call('trim', 'without outer blanks'),
  method('replaceAll', '(from, to)'),
  method('split', '(separator)'),
  method('includes', '(text)'),
  method('startsWith', '(text)'),
  method('slice', '(from, to)'),
  call('toNumber', 'as a number'),
  call('toDateTime', 'as a date'),
  call('isEmpty', 'true or false'),
  call('isEmail', 'true or false'),
  call('extractEmail', 'first address'),
  call('extractDomain', 'of a URL or address'),
  call('hash', 'MD5; (algorithm)'),
  call('base64Encode', ''),
  call('base64Decode', ''),
  call('urlEncode', ''),
  call('parseJson', 'as an object'),
];
const NUMBER: readonly Completion[] = [
  method('round', '(decimals)'),
  call('ceil', ''),
  call('floor', ''),
  call('abs', ''),
  method('toFixed', '(decimals)'),
  method('format', '(locale)'),
  call('isEven', 'true or false'),
  call('isOdd', 'true or false'),
  call('toString', 'as text'),
];
const LIST: readonly Completion[] = [
  { label: 'length', type: 'property', detail: 'how many' },
  call('first', ''),
  call('last', ''),
  method('map', '(x => …)'),
  method('filter', '(x => …)'),
  method('join', '(separator)'),
  method('find', '(x => …)'),
  method('reduce', '(f, start)'),
  call('sum', ''),
  call('average', ''),
  call('unique', ''),
  call('compact', 'without blanks'),
  method('pluck', '(field)'),
  method('chunk', '(size)'),
  call('isEmpty', 'true or false'),
];
const OBJECT: readonly Completion[] = [
  call('keys', 'list of names'),
  call('values', 'list of values'),
  method('hasField', '(name)'),
  method('merge', '(object)'),
  method('removeField', '(name)'),
  call('isEmpty', 'true or false'),
  call('toJsonString', 'as text'),
];
const DATE: readonly Completion[] = [
  method('format', "('yyyy-MM-dd')"),
  method('plus', '({ days: 1 })'),
  method('minus', '({ days: 1 })'),
  method('startOf', "('month')"),
  method('endOf', "('month')"),
  method('diffTo', "(date, 'days')"),
  call('toISO', 'as text'),
  call('toMillis', 'as a number'),
];

/** Methods that fit a value; when it is not known, the most common ones of every kind. */
export function methodsOf(value: unknown): readonly Completion[] {
  if (typeof value === 'string') return TEXT;
  if (typeof value === 'number') return NUMBER;
  if (Array.isArray(value)) return LIST;
  if (typeof value === 'object' && value !== null) return OBJECT;
  if (value === undefined) return DATE;
  return [];
}
