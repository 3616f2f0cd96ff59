import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { FileRef, JsonObject } from '#engine/item.ts';
import { encodeText } from '../file-text.ts';
import { runNode } from '../testing.ts';
import { extractFromFileNode } from './execute.ts';

async function run(
  operation: string,
  bytes: Uint8Array | string,
  options: JsonObject = {},
  more: JsonObject = {},
) {
  const data = Buffer.from(bytes);
  const file: FileRef = {
    data: data.toString('base64'),
    name: 'x.bin',
    mimeType: '',
    sizeBytes: data.length,
  };
  const inputs = { main: [{ json: { id: 1 }, files: { data: file, other: file } }] };
  const result = await runNode(extractFromFileNode, {
    parameters: { operation, ...more, options },
    inputs,
    timezone: 'Europe/Berlin',
  });
  return result.outputs.main!;
}
const value = async (operation: string, bytes: Uint8Array | string, options: JsonObject = {}) =>
  (await run(operation, bytes, options))[0]!.json.data;

test('text, Base64 and JSON go into a field', async () => {
  expect(await value('text', '\ufeffü')).toBe('ü');
  expect(await value('text', encodeText('سلام', 'windows1256'), { encoding: 'windows1256' })).toBe('سلام');
  expect(await value('base64', 'ü')).toBe('w7w=');
  expect(await value('json', '{"a": [1]}')).toEqual({ a: [1] });
  const [item] = await run('json', '1', { keep: 'json' }, { destination: 'a.b' });
  expect(item!.json).toEqual({ id: 1, a: { b: 1 } });
});

test.each<[string, JsonObject, string[]]>([
  ['none', {}, []],
  ['json', { id: 1 }, []],
  ['file', {}, ['data', 'other']],
  ['both', { id: 1 }, ['data', 'other']],
  ['other-files', {}, ['other']],
  ['rest', { id: 1 }, ['other']],
])('keeps of the item: %s', async (keep, json, files) => {
  const [item] = await run('text', 'x', { keep });
  expect(item!.json).toEqual({ ...json, data: 'x' });
  expect(Object.keys(item!.files ?? {})).toEqual(files);
});

test('JSON can become the item itself', async () => {
  expect((await run('json', '{"a":1}', { spread: true })).map((item) => item.json)).toEqual([{ a: 1 }]);
  expect((await run('json', '[{"a":1},{"a":2}]', { spread: true })).map((item) => item.json)).toEqual([
    { a: 1 },
    { a: 2 },
  ]);
  await expect(run('json', '5', { spread: true })).rejects.toThrow('Only an object');
});

test.each([
  ['json', '{', 'no readable JSON'],
  ['json', '['.repeat(600) + ']'.repeat(600), 'levels deep'],
  ['xml', '<a><b></a>', 'no beginning'],
  ['xml', `${'<a>'.repeat(300)}`, 'levels deep'],
  ['calendar', 'hello', 'no VCALENDAR'],
  ['calendar', 'BEGIN:VCALENDAR\nVERSION', 'Line 2'],
  ['calendar', 'BEGIN:VCALENDAR\nEND:VEVENT', 'did not begin'],
  ['calendar', 'BEGIN:VCALENDAR\nBEGIN:VEVENT', 'ends too early'],
  ['calendar', `BEGIN:VCALENDAR\nX;A=":";${'A=B;'.repeat(10_000)}:x\nEND:VCALENDAR`, 'no value'],
  ['pdf', 'hello', 'no readable PDF'],
  ['rtf', 'hello', 'no RTF'],
])('%s: says what is wrong with a file, and of which item', async (operation, text, message) => {
  const failed = run(operation, text);
  await expect(failed).rejects.toThrow(message);
  await expect(failed).rejects.toMatchObject({ data: { itemIndex: 0 } });
});

test('says which files an item has', async () => {
  const failed = run('text', 'x', {}, { file: 'photo' });
  await expect(failed).rejects.toMatchObject({
    data: { detail: 'It has: data, other.' },
    message: 'Item 0 has no file “photo”.',
  });
});

test('XML becomes an object', async () => {
  const xml =
    '<?xml version="1.0"?><r:o a="1"><i>x</i><i b="2">y &amp; z</i><e/><__proto__>p</__proto__></r:o>';
  expect(await value('xml', xml)).toEqual({
    'r:o': { $: { a: '1' }, i: ['x', { $: { b: '2' }, _: 'y & z' }], e: '' },
  });
});

const CALENDAR = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VTIMEZONE
TZID:Europe/Berlin
END:VTIMEZONE
BEGIN:VEVENT
UID:u
SUMMARY:Lunch\\, long
DTSTAMP:20260101T000000Z
DTSTART;TZID=America/New_York:20260501T120000
DTEND:20260501T190000
RRULE:FREQ=WEEKLY;COUNT=2
GEO:1.5;2
ATTENDEE;CN=Ada;RSVP=TRUE:mailto:ada@example.com
CATEGORIES:a,b
END:VEVENT
BEGIN:VEVENT
UID:v
DTSTART;VALUE=DATE:20260502
END:VEVENT
END:VCALENDAR`;

test('a calendar becomes an object', async () => {
  const calendar = (await value('calendar', CALENDAR)) as JsonObject;
  expect(calendar).toMatchObject({ version: '2.0', prodId: 'x', timezones: [{ id: 'Europe/Berlin' }] });
  expect(calendar.events).toEqual([
    {
      uid: 'u',
      summary: 'Lunch, long',
      stamp: { date: '2026-01-01T00:00:00.000Z', type: 'DATE-TIME' },
      start: {
        date: '2026-05-01T16:00:00.000Z',
        type: 'DATE-TIME',
        local: { date: '2026-05-01T12:00:00', timezone: 'America/New_York' },
      },
      end: { date: '2026-05-01T17:00:00.000Z', type: 'DATE-TIME' },
      recurrenceRule: { frequency: 'WEEKLY', count: 2 },
      geo: { lat: 1.5, lon: 2 },
      attendees: [{ name: 'Ada', email: 'ada@example.com', rsvp: true }],
      categories: ['a', 'b'],
    },
    { uid: 'v', start: { date: '2026-05-02T00:00:00.000Z', type: 'DATE' } },
  ]);
});

test('rich text: letters of all kinds, without what is hidden', async () => {
  const rtf =
    "{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\uc1 \\u252?ber \\'cf\\'f0 \\{x\\}\\par next\\tab end}";
  expect(await value('richText', rtf)).toBe('über Пр {x}\nnext\tend');
});

/** The smallest document that has two pages with a line each. */
function pdf(...lines: string[]): string {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${lines.length}/Kids[${lines.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')}]>>`,
  ];
  objects.push('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  for (const [i, line] of lines.entries()) {
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * i} 0 R>>`,
    );
    const stream = `BT /F1 12 Tf 10 200 Td (${line}) Tj 0 -20 Td (below) Tj ET`;
    objects.push(`<</Length ${stream.length}>>stream\n${stream}\nendstream`);
  }
  let text = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`;
}

test('PDF: text line by line, and only the pages that are wanted', async () => {
  const document = pdf('One', 'Two', 'Three');
  const [item] = await run('pdf', document, { keep: 'file' });
  expect(item!.json).toMatchObject({
    numpages: 3,
    numrender: 3,
    text: 'One\nbelow\n\nTwo\nbelow\n\nThree\nbelow',
  });
  expect(item!.json.info).toMatchObject({ PDFFormatVersion: '1.4' });
  expect(Object.keys(item!.files!)).toEqual(['data', 'other']);
  const some = await run('pdf', document, { pages: '2-, 1', joinPages: false, maxPages: 2 });
  expect(some[0]!.json).toMatchObject({ numpages: 3, numrender: 2, text: ['One\nbelow', 'Two\nbelow'] });
  await expect(run('pdf', document, { pages: 'last' })).rejects.toThrow('no page');
});

test('PDF: parts that grow without end are refused before they are read', async () => {
  const packed = deflateSync(Buffer.alloc(90_000_000)).toString('latin1');
  const part = `1 0 obj<</Filter/FlateDecode>>stream\n${packed}\nendstream endobj\n`;
  const document = Buffer.from(`%PDF-1.4\n${part.repeat(3)}`, 'latin1');
  await expect(run('pdf', document)).rejects.toMatchObject({ data: { kind: 'limit' } });
});
