import { documented } from './entry.ts';

export const dateFunctions = documented('date', [
  ['format(format)', 'As text, by luxon tokens.', '$now.format("dd.MM.yyyy")', '15.05.2024'],
  [
    'plus(amount, unit?)',
    'Later by that much; ms without a unit.',
    '$now.plus(2, "days").toISODate()',
    '2024-05-17',
  ],
  ['minus(amount, unit?)', 'Earlier by that much.', '$now.minus(1, "month").toISODate()', '2024-04-15'],
  [
    'beginningOf(unit)',
    'The start of its week, month, …',
    '$now.beginningOf("month").toISODate()',
    '2024-05-01',
  ],
  ['endOfMonth()', 'The last moment of its month.', '$now.endOfMonth().toISODate()', '2024-05-31'],
  ['extract(unit)', 'One part: year, month, week, day, hour, yearDayNumber, …', '$now.extract("month")', 5],
  ['isBetween(from, to)', 'Does it lie between the two?', '$now.isBetween("2024-01-01", "2025-01-01")', true],
  ['isDst()', 'Is daylight saving time in force?', '$now.isDst()', false],
  [
    'isInLast(amount, unit)',
    'Does it lie in that span before now?',
    '$now.minus(1, "hour").isInLast(2, "hours")',
    true,
  ],
  ['isWeekend()', 'Is it a Saturday or Sunday?', '$now.isWeekend()', false],
  [
    'diffTo(date, unit?)',
    'How far after the date it lies, in days by default.',
    '$now.diffTo("2024-05-14T12:00:00Z", "hours")',
    24,
  ],
  ['diffToNow(unit?)', 'How far after now it lies.', '$now.plus(3, "days").diffToNow("days")', 3],
  ['toDateTime()', 'As a luxon date.', 'new Date(0).toDateTime().toISODate()', '1970-01-01'],
  ['toInt()', 'Milliseconds since the epoch.', 'new Date(5).toInt()', 5],
  ['toFloat()', 'Milliseconds since the epoch.', 'new Date(5).toFloat()', 5],
  ['toBoolean()', 'Nothing: for data of mixed types.', '$now.toBoolean() ?? "none"', 'none'],
  ['isEmpty()', 'Never.', '$now.isEmpty()', false],
  ['isNotEmpty()', 'Always.', '$now.isNotEmpty()', true],
]);
