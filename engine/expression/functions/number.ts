import { documented } from './entry.ts';

export const numberFunctions = documented('number', [
  ['ceil()', 'Rounded up.', '(1.2).ceil()', 2],
  ['floor()', 'Rounded down.', '(1.8).floor()', 1],
  ['round(places?)', 'Rounded to that many decimal places.', '(1.256).round(1)', 1.3],
  ['abs()', 'Without its sign.', '(-3).abs()', 3],
  ['format(locale?, options?)', 'As text for people.', '(12345.5).format("de-DE")', '12.345,5'],
  ['isInteger()', 'Is it whole?', '(4).isInteger()', true],
  ['isEven()', 'Is it even? Fails for fractions.', '(4).isEven()', true],
  ['isOdd()', 'Is it odd? Fails for fractions.', '(4).isOdd()', false],
  ['isEmpty()', 'Never: a number is something.', '(0).isEmpty()', false],
  ['isNotEmpty()', 'Always.', '(0).isNotEmpty()', true],
  ['toBoolean()', 'False for 0.', '(0).toBoolean()', false],
  ['toInt()', 'Rounded to a whole number.', '(2.7).toInt()', 3],
  ['toFloat()', 'The number itself.', '(2.7).toFloat()', 2.7],
  ['toNumber()', 'The number itself.', '(2.7).toNumber()', 2.7],
  [
    'toDateTime(unit?)',
    'The date of that many ms (or s, us, excel) since the epoch.',
    '(1715774400).toDateTime("s").toISO()',
    '2024-05-15T12:00:00.000Z',
  ],
]);

export const booleanFunctions = documented('boolean', [
  ['toBoolean()', 'The value itself.', 'true.toBoolean()', true],
  ['toInt()', '1 for true, 0 for false.', 'true.toInt()', 1],
  ['toFloat()', '1 for true, 0 for false.', 'false.toFloat()', 0],
  ['toNumber()', '1 for true, 0 for false.', 'true.toNumber()', 1],
  ['toDateTime()', 'Nothing: for data of mixed types.', 'true.toDateTime() ?? "none"', 'none'],
  ['isEmpty()', 'Never.', 'false.isEmpty()', false],
  ['isNotEmpty()', 'Always.', 'false.isNotEmpty()', true],
]);
