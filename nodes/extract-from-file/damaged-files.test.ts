import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { FileRef } from '#engine/item.ts';
import { convertToFileNode } from '../convert-to-file/execute.ts';
import { runNode } from '../testing.ts';
import { extractFromFileNode } from './execute.ts';

/** Files come from anywhere: whatever is in them, a failure names the file, and nothing hangs. */
const FORMATS = [
  'csv',
  'xlsx',
  'ods',
  'html',
  'rtf',
  'spreadsheet',
  'json',
  'xml',
  'text',
  'calendar',
  'richText',
  'pdf',
  'base64',
];

async function fails(operation: string, bytes: Uint8Array): Promise<string | null> {
  const file: FileRef = {
    data: Buffer.from(bytes).toString('base64'),
    name: 'x',
    mimeType: '',
    sizeBytes: bytes.length,
  };
  const inputs = { main: [{ json: {}, files: { data: file } }] };
  const parameters = { operation, options: {}, destination: 'data' };
  try {
    await runNode(extractFromFileNode, { parameters, inputs });
    return null;
  } catch (error) {
    const { data } = error as { data?: { kind: string } };
    return data?.kind ?? `${(error as Error).stack}`;
  }
}

async function sample(operation: string): Promise<Uint8Array> {
  const items = [
    { title: 'a', start: '2026-01-01', n: 1, deep: { x: ['ü', true] } },
    { n: 2.5, late: 'ä' },
  ];
  const parameters = { operation, title: 'T', start: '2026-01-01', end: '2026-01-02', options: {} };
  const { outputs } = await runNode(convertToFileNode, { parameters, items });
  return new Uint8Array(Buffer.from(outputs.main![0]!.files!.data!.data!, 'base64'));
}

const damage = (bytes: Uint8Array) =>
  fc
    .array(fc.tuple(fc.nat({ max: Math.max(0, bytes.length - 1) }), fc.integer({ min: 0, max: 255 })), {
      maxLength: 8,
    })
    .map((changes) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, value] of changes) copy[at] = value;
      return copy;
    });

test.each(['csv', 'xlsx', 'ods', 'html', 'rtf', 'json', 'calendar'])('damaged %s', async (operation) => {
  const bytes = await sample(operation);
  await fc.assert(
    fc.asyncProperty(damage(bytes), fc.nat({ max: bytes.length }), async (damaged, length) => {
      for (const one of [damaged, damaged.subarray(0, length)])
        expect([null, 'config', 'limit']).toContain(await fails(operation, one));
    }),
    { numRuns: 40 },
  );
});

test('damaged parts inside of a workbook', async () => {
  const parts = [
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>',
    '</row>',
    '<c r="',
    '<v>',
    ']]>',
    '&#x1F;',
    '<row r="-5">',
    '<c t="s"><v>99</v></c>',
  ];
  const sheet = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((some) => some.join(''));
  await fc.assert(
    fc.asyncProperty(sheet, async (xml) => {
      const file = zipSync({
        'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="S" id="r1"/></sheets></workbook>'),
        'xl/_rels/workbook.xml.rels': Buffer.from(
          '<a><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/></a>',
        ),
        'xl/s.xml': Buffer.from(xml),
        'content.xml': Buffer.from(xml),
      });
      for (const operation of ['xlsx', 'ods'])
        expect([null, 'config', 'limit']).toContain(await fails(operation, file));
    }),
    { numRuns: 60 },
  );
});

test('rubbish of all kinds', async () => {
  const starts = [
    '',
    '{\\rtf1',
    'PK\x03\x04',
    '%PDF-1.7\n',
    '<table>',
    '<?xml version="1.0"?>',
    'BEGIN:VCALENDAR\n',
    '[[',
    '\ufeff',
    '"',
  ];
  const rubbish = fc.tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 300 }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FORMATS), rubbish, async (operation, [start, rest]) => {
      const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest]);
      expect([null, 'config', 'limit']).toContain(await fails(operation, bytes));
    }),
    { numRuns: 300 },
  );
});
