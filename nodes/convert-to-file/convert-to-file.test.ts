import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { FileRef, JsonObject } from '#engine/item.ts';
import { jsonOf, runNode } from '../testing.ts';
import { convertToFileNode } from './execute.ts';

const people = [
  { name: 'Ada', tags: ['x', 'y'], at: { city: 'London' } },
  { name: 'Bob, "B"', age: 7, ok: true },
];

async function convert(parameters: JsonObject, items: JsonObject[] = people): Promise<FileRef[]> {
  const { outputs } = await runNode(convertToFileNode, { parameters, items });
  return outputs.main!.map((item) => item.files!.data!);
}
const bytesOf = (file: FileRef) => Buffer.from(file.data!, 'base64');
const textOf = (file: FileRef) => bytesOf(file).toString();

test.each<[string, JsonObject, string]>([
  [
    'all fields of all items',
    {},
    'name,tags.0,tags.1,at.city,age,ok\nAda,x,y,London,,\n"Bob, ""B""",,,,7,TRUE',
  ],
  ['chosen columns', { columns: 'name, at.city' }, 'name,at.city\nAda,London\n"Bob, ""B""",'],
  [
    'no names, another mark',
    { columns: 'name, age', headerRow: false, delimiter: ';' },
    'Ada;\n"Bob, ""B""";7',
  ],
  ['objects as JSON', { columns: 'tags', nested: 'json' }, 'tags\n"[""x"",""y""]"\n'],
])('CSV: %s', async (_name, options, csv) => {
  const [file, ...others] = await convert({ operation: 'csv', options });
  expect(textOf(file!)).toBe(csv);
  expect(file).toMatchObject({ name: 'data.csv', mimeType: 'text/csv' });
  expect(others).toEqual([]);
});

test('CSV: in another encoding, with a mark in front', async () => {
  const [file] = await convert({ operation: 'csv', options: { encoding: 'utf-16le', bom: true } }, [
    { a: 'ü' },
  ]);
  expect([...bytesOf(file!).subarray(0, 2)]).toEqual([0xff, 0xfe]);
  expect(bytesOf(file!).toString('utf16le').slice(1)).toBe('a\nü');
});

test('XLSX: another library reads the same', async () => {
  const [file] = await convert({ operation: 'xlsx', options: { sheetName: 'A/B', fileName: 'x' } }, [
    { text: '<a> & "b"\r\n ', n: -1.5, ok: false, none: null },
    { text: '', n: 12345678901234, ok: true, late: 'z' },
  ]);
  expect(file!.name).toBe('x.xlsx');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytesOf(file!) as never);
  const [sheet] = book.worksheets;
  expect(sheet!.name).toBe('A B');
  const rows = sheet!.getSheetValues().slice(1) as unknown[][];
  expect(rows.map((row) => row.slice(1))).toEqual([
    ['text', 'n', 'ok', 'none', 'late'],
    ['<a> & "b"\n ', -1.5, false],
    [undefined, 12345678901234, true, undefined, 'z'],
  ]);
});

test('XLSX: says when a text is too long for a cell', async () => {
  const run = convert({ operation: 'xlsx' }, [{ a: 'x'.repeat(40_000) }]);
  await expect(run).rejects.toMatchObject({
    data: { kind: 'limit' },
    message: expect.stringContaining('A2'),
  });
});

test('ODS: begins with its type, as others expect', async () => {
  const [file] = await convert({ operation: 'ods' });
  const bytes = bytesOf(file!);
  expect(bytes.subarray(30, 38).toString()).toBe('mimetype');
  expect(Object.keys(unzipSync(bytes))).toContain('content.xml');
});

test('HTML and RTF: a table, with nothing in it that is markup', async () => {
  const [page] = await convert({ operation: 'html' }, [{ a: '<b>' }]);
  expect(textOf(page!)).toContain('<thead><tr><th>a</th></tr></thead>\n<tr><td>&lt;b&gt;</td></tr>');
  const [document] = await convert({ operation: 'rtf' }, [{ a: '{ü}' }]);
  expect(textOf(document!)).toContain('\\intbl \\{\\u252?\\}\\cell\\row');
});

test('JSON: one file for all items, the same as of the whole list', async () => {
  for (const indent of [false, true]) {
    const [file] = await convert({ operation: 'json', options: { indent } });
    expect(textOf(file!)).toBe(JSON.stringify(people, null, indent ? 2 : undefined));
  }
});

test('JSON: one file for each item, which keeps its fields', async () => {
  const result = await runNode(convertToFileNode, {
    parameters: { operation: 'json', mode: 'each' },
    items: people,
  });
  expect(jsonOf(result)).toEqual(people);
  expect(result.outputs.main!.map((item) => textOf(item.files!.data!))).toEqual(
    people.map((one) => JSON.stringify(one)),
  );
});

test('text: a field of each item', async () => {
  const [file] = await convert({ operation: 'text', field: 'a.b', options: { fileName: '../up/x.md' } }, [
    { a: { b: 'ü' } },
  ]);
  expect(file).toMatchObject({ name: 'x.md', mimeType: 'text/plain', sizeBytes: 2 });
  const run = convert({ operation: 'text', field: 'nowhere' }, [{ a: 1 }]);
  await expect(run).rejects.toMatchObject({
    data: { itemIndex: 0 },
    message: expect.stringContaining('nowhere'),
  });
});

test.each([
  ['plain', 'iVBORw0KGgo=', 'image/png', 'file.png'],
  ['a data URL', 'data:text/css;base64,YQ==', 'text/css', 'file.css'],
  ['no known type', 'YQ==', 'application/octet-stream', 'file'],
])('Base64: %s', async (_name, a, mimeType, name) => {
  const [file] = await convert({ operation: 'base64', field: 'a' }, [{ a }]);
  expect(file).toMatchObject({ mimeType, name });
});

test('Base64: refuses what is none, and takes the field away when it is told to', async () => {
  await expect(convert({ operation: 'base64', field: 'a' }, [{ a: 'ü!' }])).rejects.toThrow('no Base64');
  const parameters = { operation: 'base64', field: 'a', options: { keep: 'rest' } };
  expect(jsonOf(await runNode(convertToFileNode, { parameters, items: [{ a: 'YQ==', b: 1 }] }))).toEqual([
    { b: 1 },
  ]);
});

test('calendar: an event that has everything', async () => {
  const options = {
    attendees: [{ name: 'Ada, L.', email: 'ada@example.com', rsvp: true }],
    organizer: [{ email: 'bob@example.com\r\nX-EVIL:1' }],
    description: 'Line 1\nLine 2; more',
    repeat: 'FREQ=WEEKLY;COUNT=2',
    latitude: 1.5,
    longitude: -2,
    busy: 'FREE',
    uid: 'u1',
  };
  const parameters = {
    operation: 'calendar',
    title: 'Lunch',
    start: '2026-05-01T12:00',
    end: '2026-05-01T13:00',
    options,
  };
  const { outputs } = await runNode(convertToFileNode, { parameters, timezone: 'America/New_York' });
  const text = textOf(outputs.main![0]!.files!.data!).replaceAll('\r\n ', '');
  for (const line of [
    'UID:u1',
    'DTSTAMP:20260102T030405Z',
    'DTSTART:20260501T160000Z',
    'DTEND:20260501T170000Z',
    'DESCRIPTION:Line 1\\nLine 2\\; more',
    'GEO:1.5;-2',
    'ATTENDEE;RSVP=TRUE;CN="Ada, L.":mailto:ada@example.com',
    'RRULE:FREQ=WEEKLY;COUNT=2',
    'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
  ])
    expect(text.split('\r\n')).toContain(line);
  expect(text).not.toContain('\nX-EVIL');
});

test.each<[string, JsonObject]>([
  ['no time', { start: 'soon', end: '2026-05-01' }],
  ['an end before its beginning', { start: '2026-05-02', end: '2026-05-01' }],
  ['no rule', { start: '2026-05-01', end: '2026-05-01', options: { repeat: 'now and then' } }],
])('calendar: refuses %s', async (_name, more) => {
  const run = convert({ operation: 'calendar', title: 'x', ...more });
  await expect(run).rejects.toMatchObject({ data: { kind: 'config', itemIndex: 0 } });
});

test('calendar: whole days end on the day behind', async () => {
  const [file] = await convert(
    { operation: 'calendar', title: 'x', start: '2026-05-01', end: '2026-05-01', allDay: true },
    [{}],
  );
  expect(textOf(file!)).toContain('DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502');
});
