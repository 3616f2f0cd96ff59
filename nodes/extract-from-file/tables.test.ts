import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { convertToFileNode } from '../convert-to-file/execute.ts';
import { encodeText } from '../file-text.ts';
import { jsonOf, runNode } from '../testing.ts';
import { extractFromFileNode } from './execute.ts';

const fileOf = (bytes: Uint8Array | string, name = 'x') => {
  const data = Buffer.from(bytes).toString('base64');
  return { data, name, mimeType: '', sizeBytes: Buffer.from(bytes).length };
};

async function extract(operation: string, bytes: Uint8Array | string, options: JsonObject = {}) {
  const inputs = { main: [{ json: { id: 1 }, files: { data: fileOf(bytes) } }] };
  return jsonOf(await runNode(extractFromFileNode, { parameters: { operation, options }, inputs }));
}

test.each<[string, string, JsonObject, JsonObject[]]>([
  [
    'rows',
    'A,B\n1,"x, ""y"""\n\n2,',
    {},
    [
      { A: '1', B: 'x, "y"' },
      { A: '2', B: '' },
    ],
  ],
  ['a mark in front', '\ufeffA\n1', {}, [{ A: '1' }]],
  ['a mark that stays', '\ufeffA\n1', { stripBom: false }, [{ '\ufeffA': '1' }]],
  ['no empty cells', 'A,B\n,2', { skipEmptyCells: true }, [{ B: '2' }]],
  ['no names', 'A,B\n1,2', { headerRow: false }, [{ row: ['A', 'B'] }, { row: ['1', '2'] }]],
  ['another mark', 'A\tB\n1\t2', { delimiter: '\\t' }, [{ A: '1', B: '2' }]],
  ['a later line', 'title\nA\n1\n2', { fromLine: 2, maxRows: 1 }, [{ A: '1' }]],
  [
    'types',
    'A,B\n1,TRUE\n007,x',
    { typed: true },
    [
      { A: 1, B: true },
      { A: '007', B: 'x' },
    ],
  ],
  ['names twice and none', 'A,A,\n1,2,3', {}, [{ A: '1', A_1: '2', __EMPTY: '3' }]],
  ['too many cells', 'A\n1,2', {}, [{ A: '1', __EMPTY: '2' }]],
  ['rows that do not fit, skipped', 'A,B\n1\n1,2', { oddRows: 'skip' }, [{ A: '1', B: '2' }]],
  ['odd quotes', 'A\n5" x', { relaxQuotes: true }, [{ A: '5" x' }]],
  ['names that are dangerous', '__proto__,constructor\n1,2', {}, [{ _proto_: '1', constructor: '2' }]],
  ['nothing', '', {}, []],
])('CSV: %s', async (_name, csv, options, expected) => {
  expect(await extract('csv', csv, options)).toEqual(expected);
});

test('CSV: in another encoding', async () => {
  expect(await extract('csv', encodeText('A\n株', 'shift_jis'), { encoding: 'shift_jis' })).toEqual([
    { A: '株' },
  ]);
  expect(await extract('csv', encodeText('A\nü', 'utf-16le', true))).toEqual([{ A: 'ü' }]);
});

test.each<[string, string, JsonObject, string]>([
  ['rows that do not fit', 'A,B\n1', { oddRows: 'error' }, 'line 2'],
  ['more bad rows than may be skipped', 'A,B\n1\n2\n3,4', { oddRows: 'skip', maxSkipped: 1 }, 'More than 1'],
  ['odd quotes', 'A\n5" x', {}, 'Quote'],
])('CSV: fails for %s', async (_name, csv, options, message) => {
  await expect(extract('csv', csv, options)).rejects.toThrow(message);
});

test('CSV: thousands of columns of the same name do not hang', async () => {
  const began = performance.now();
  const [row] = await extract('csv', `${'a,'.repeat(16_000)}\n${'1,'.repeat(16_000)}`);
  expect(Object.keys(row!).length).toBe(16_000);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('CSV: cells that are filled up count', async () => {
  const names = Array.from({ length: 16_000 }, (_, i) => `c${i}`).join(',');
  const run = extract('csv', `${names}\n${'1\n'.repeat(1000)}`);
  await expect(run).rejects.toMatchObject({ data: { kind: 'limit' } });
});

test('CSV: a quote that is never closed does not fill the memory', async () => {
  const run = extract('csv', `A\n"${'x'.repeat(11_000_000)}`);
  await expect(run).rejects.toMatchObject({ data: { kind: 'limit' } });
});

async function workbook(build: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  build(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const sample = () =>
  workbook((book) => {
    const sheet = book.addWorksheet('First');
    sheet.addRow(['text', 'number', 'yes', 'day', 'time', 'formula', 'rich', '']);
    const row = sheet.addRow([
      'a & <b>\nc',
      1.5,
      true,
      new Date('2026-05-01'),
      new Date('2026-05-01T10:30:00Z'),
    ]);
    row.getCell(5).numFmt = 'yyyy-mm-dd hh:mm';
    row.getCell(6).value = { formula: '1+1', result: 2 };
    row.getCell(7).value = { richText: [{ text: 'bo' }, { text: 'ld', font: { bold: true } }] };
    row.getCell(9).value = 'aside';
    sheet.addRow([]);
    sheet.addRow([null, 2]);
    book.addWorksheet('Second').addRow(['x']);
  });

test('XLSX: values of all kinds, as another library writes them', async () => {
  const first = { text: 'a & <b>\nc', number: 1.5, yes: true, formula: 2, rich: 'bold', __EMPTY_1: 'aside' };
  const bytes = await sample();
  expect(await extract('xlsx', bytes, { skipEmptyCells: true })).toEqual([
    { ...first, day: '2026-05-01', time: '2026-05-01T10:30:00' },
    { number: 2 },
  ]);
  const serial = { ...first, day: 46_143, time: 46_143.4375 };
  expect((await extract('xlsx', bytes, { skipEmptyCells: true, dates: 'serial' }))[0]).toEqual(serial);
  expect(await extract('spreadsheet', bytes, { skipEmptyCells: true, range: 'A1:B10' })).toEqual([
    { text: first.text, number: 1.5 },
    { number: 2 },
  ]);
  expect(await extract('xlsx', bytes, { range: '4', headerRow: false })).toEqual([{ row: ['', 2] }]);
  expect(await extract('xlsx', bytes, { sheet: 'Second', headerRow: false })).toEqual([{ row: ['x'] }]);
});

test('XLSX: says which sheets there are, and what is no workbook', async () => {
  const bytes = await sample();
  await expect(extract('xlsx', bytes, { sheet: 'Third' })).rejects.toMatchObject({
    data: { detail: expect.stringContaining('Second') },
  });
  await expect(extract('xlsx', bytes, { range: 'A1-B2' })).rejects.toThrow('no range');
  await expect(extract('xlsx', zipSync({ a: strToU8('a') }))).rejects.toThrow('no XLSX');
  await expect(extract('xlsx', 'A,B')).rejects.toThrow('no XLSX');
  const old = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  await expect(extract('spreadsheet', old)).rejects.toThrow('old Excel format');
});

test('XLSX: a sheet that claims to be huge is refused', async () => {
  const cell = '<c r="ZZZZZ1"><v>1</v></c>';
  const parts = (sheet: string) =>
    zipSync({
      'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></Relationships>',
      ),
      'xl/s.xml': strToU8(`<worksheet><sheetData><row r="1">${sheet}</row></sheetData></worksheet>`),
    });
  await expect(extract('xlsx', parts(cell))).rejects.toMatchObject({ data: { kind: 'limit' } });
  expect(
    await extract('xlsx', parts('<c><v>1</v></c><c t="inlineStr"><is><t>b</t></is></c>'), {
      headerRow: false,
    }),
  ).toEqual([{ row: [1, 'b'] }]);
});

test.each(['xlsx', 'ods', 'html', 'rtf', 'csv'])(
  'reads the %s that this product writes',
  async (operation) => {
    const items = [
      { name: 'Ada  Lovelace', n: 1.5, note: 'ü {x} \\ <b>' },
      { name: ' x ', n: 2, note: 'z' },
    ];
    const made = await runNode(convertToFileNode, { parameters: { operation }, items });
    const file = made.outputs.main![0]!.files!.data!;
    const options = { typed: true };
    const expected =
      operation === 'html'
        ? items.map((item) => ({ ...item, name: item.name.replace('  ', ' ').trim() }))
        : items;
    const trims =
      operation === 'rtf' ? expected.map((item) => ({ ...item, name: item.name.trim() })) : expected;
    for (const way of [operation, 'spreadsheet'])
      expect(
        await extract(way, Buffer.from(file.data!, 'base64'), way === 'xlsx' || way === 'ods' ? {} : options),
      ).toEqual(trims);
  },
);

test('ODS: repeated cells and rows, comments and blanks', async () => {
  const content = `<office:document-content><table:table table:name="S"><table:table-row>
    <table:table-cell office:value-type="string"><text:p>A</text:p></table:table-cell><table:table-cell/>
    <table:table-cell office:value-type="string"><text:p>B<text:s text:c="2"/>C</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><office:annotation><text:p>no</text:p></office:annotation><text:p>7,0</text:p></table:table-cell>
    <table:table-cell office:value-type="date" office:date-value="2026-05-01"><text:p>1.5.</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:document-content>`;
  const bytes = zipSync({ 'content.xml': strToU8(content) });
  const row = { A: 7, __EMPTY: 7, 'B  C': '2026-05-01' };
  expect(await extract('ods', bytes)).toEqual([row, row]);
  expect((await extract('ods', bytes, { dates: 'serial', maxRows: 1 }))[0]).toEqual({
    ...row,
    'B  C': 46_143,
  });
  await expect(extract('ods', bytes, { sheet: 'T' })).rejects.toThrow('no sheet “T”');
});

test('HTML: the table that was asked for, without the tables in it', async () => {
  const page =
    '<table><tr><th>x</th></tr></table><!-- <table> --><script>"<table>"</script><TABLE>\n<tr><td colspan=2 title="a > b">A</td><td>B</td></tr>' +
    '<tr><td>1<td><table><tr><td>in</td></tr></table><td>2%</table><table></table>';
  expect(await extract('html', page, { table: 2, typed: true, skipEmptyCells: true })).toEqual([
    { A: 1, __EMPTY: 'in', B: 0.02 },
  ]);
  await expect(extract('html', page, { table: 9 })).rejects.toThrow('only 4 tables');
  await expect(extract('html', '<p>')).rejects.toThrow('no table');
});

test('HTML: text is read as browsers show it', async () => {
  const page = '<table><tr><th>A<tr><td>a&amp;b &eacute;&nbsp;<br>x &lt;3 < 4 &amp;lt; &zzz; &#65;<p>y';
  expect(await extract('html', page)).toEqual([{ A: 'a&b é x <3 < 4 &lt; &zzz; A y' }]);
});

test.each([
  ['nested without end', '<table><tr><td>'.repeat(100_000)],
  ['deep', `${'<div>'.repeat(200_000)}<table><tr><td>`],
  ['full of quotes', `<table><tr><td a="${'\'"='.repeat(100_000)}>`],
  ['full of scripts', `<table><tr><td>${'<script></script>'.repeat(20_000)}`],
  ['full of entities', `<table><tr><td>${'&amp'.repeat(100_000)}`],
])('HTML: a page that is %s does not hang', async (_name, page) => {
  const began = performance.now();
  await extract('html', page, { headerRow: false });
  expect(performance.now() - began).toBeLessThan(10_000);
});
