import { expect, test } from 'vitest';
import { nodeCatalog } from './definitions.ts';
import { importN8n } from './n8n-import.ts';

/** What the importers of nodes that handle files make: n8n type, version, parameters → our type and parameters. */
type Values = Record<string, unknown>;

test.each<[string, number, Values, string, Values]>([
  [
    'convertToFile',
    1.1,
    { binaryPropertyName: 'f', options: { delimiter: ';', fileName: 'x', headerRow: false } },
    'convert-to-file',
    {
      operation: 'csv',
      file: 'f',
      options: { delimiter: ';', fileName: 'x', exactName: true, headerRow: false },
    },
  ],
  [
    'convertToFile',
    1,
    { operation: 'xls', options: { sheetName: 'S' } },
    'convert-to-file',
    { operation: 'xlsx', options: { fileName: 'File.xlsx', sheetName: 'S' } },
  ],
  [
    'convertToFile',
    1.1,
    { operation: 'toJson', mode: 'each', options: { format: true, encoding: 'latin1', addBOM: true } },
    'convert-to-file',
    {
      operation: 'json',
      mode: 'each',
      options: { indent: true, encoding: 'latin1', bom: true, keep: 'none' },
    },
  ],
  [
    'convertToFile',
    1.1,
    { operation: 'toText', sourceProperty: 'a.b', options: { fileName: '={{ $json.n }}' } },
    'convert-to-file',
    {
      operation: 'text',
      field: 'a.b',
      options: { fileName: '{{ $json.n }}', exactName: true, keep: 'none' },
    },
  ],
  [
    'convertToFile',
    1.1,
    { operation: 'toBinary', sourceProperty: 'a', options: { mimeType: 'image/png' } },
    'convert-to-file',
    { operation: 'base64', field: 'a', options: { mimeType: 'image/png', keep: 'none' } },
  ],
  [
    'convertToFile',
    1.1,
    { operation: 'toBinary', sourceProperty: 'a', options: { dataIsBase64: false } },
    'convert-to-file',
    { operation: 'text', field: 'a' },
  ],
  [
    'convertToFile',
    1.1,
    {
      operation: 'iCal',
      title: 'T',
      start: 's',
      end: 'e',
      additionalFields: {
        attendeesUi: { attendeeValues: [{ email: 'a@x', rsvp: true }] },
        organizerUi: { organizerValues: { email: 'o@x' } },
        geolocationUi: { geolocationValues: { lat: '1', lon: '2' } },
        busyStatus: 'FREE',
      },
    },
    'convert-to-file',
    {
      operation: 'calendar',
      title: 'T',
      options: {
        attendees: [{ email: 'a@x', rsvp: true }],
        organizer: [{ email: 'o@x' }],
        latitude: '1',
        busy: 'FREE',
      },
    },
  ],
  [
    'spreadsheetFile',
    2,
    { operation: 'toFile', fileFormat: 'ods', options: {} },
    'convert-to-file',
    { operation: 'ods', options: { fileName: 'spreadsheet.ods' } },
  ],
  [
    'moveBinaryData',
    1,
    { mode: 'jsonToBinary', destinationKey: 'd', options: { keepSource: true } },
    'convert-to-file',
    { operation: 'json', mode: 'each', file: 'd', options: {} },
  ],
  [
    'moveBinaryData',
    1.1,
    { mode: 'jsonToBinary', convertAllData: false, sourceKey: 'a', options: { useRawData: true } },
    'convert-to-file',
    { operation: 'text', field: 'a', options: { mimeType: 'application/json', keep: 'rest' } },
  ],
  [
    'moveBinaryData',
    1,
    { mode: 'jsonToBinary', convertAllData: false, options: { dataIsBase64: true, mimeType: 'image/png' } },
    'convert-to-file',
    { operation: 'base64', field: 'data', options: { mimeType: 'image/png', keep: 'rest' } },
  ],
  [
    'moveBinaryData',
    1,
    {},
    'extract-from-file',
    { operation: 'json', options: { spread: true, keep: 'other-files' } },
  ],
  [
    'moveBinaryData',
    1,
    {
      setAllData: false,
      destinationKey: 'x',
      options: { keepSource: true, encoding: 'latin1', stripBOM: false },
    },
    'extract-from-file',
    { operation: 'text', destination: 'x', options: { encoding: 'latin1', stripBom: false, keep: 'both' } },
  ],
  [
    'extractFromFile',
    1,
    {
      binaryPropertyName: 'f',
      options: {
        maxRowCount: 5,
        fromLine: 2,
        includeEmptyCells: true,
        enableBOM: true,
        skipRecordsWithErrors: { value: { enabled: true, maxSkippedRecords: -1 } },
      },
    },
    'extract-from-file',
    { operation: 'csv', file: 'f', options: { maxRows: 5, fromLine: 2, oddRows: 'skip' } },
  ],
  [
    'extractFromFile',
    1,
    { operation: 'xlsx', options: { range: '2', sheetName: 'S' } },
    'extract-from-file',
    { operation: 'xlsx', options: { range: '3', sheet: 'S', dates: 'serial', skipEmptyCells: true } },
  ],
  [
    'extractFromFile',
    1,
    { operation: 'xls' },
    'extract-from-file',
    { operation: 'spreadsheet', options: { typed: true } },
  ],
  [
    'extractFromFile',
    1,
    { operation: 'pdf', options: { maxPages: 3, joinPages: false, password: 'p', keepSource: 'both' } },
    'extract-from-file',
    { operation: 'pdf', options: { maxPages: 3, joinPages: false, password: 'p', keep: 'both' } },
  ],
  [
    'extractFromFile',
    1.1,
    { operation: 'xml', destinationKey: 'd', options: { keepSource: 'json' } },
    'extract-from-file',
    { operation: 'text', destination: 'd', options: { keep: 'rest' } },
  ],
  ['extractFromFile', 1, { operation: 'fromIcs' }, 'extract-from-file', { operation: 'calendar' }],
  ['extractFromFile', 1, { operation: 'binaryToPropery' }, 'extract-from-file', { operation: 'base64' }],
  ['extractFromFile', 1, { operation: 'dance' }, 'placeholder', {}],
  ['spreadsheetFile', 1, { options: { rawData: true } }, 'extract-from-file', { operation: 'spreadsheet' }],
  [
    'spreadsheetFile',
    2,
    { fileFormat: 'csv' },
    'extract-from-file',
    { operation: 'csv', options: { oddRows: 'error' } },
  ],
  [
    'readPDF',
    1,
    { encrypted: true, password: 'p' },
    'extract-from-file',
    { operation: 'pdf', options: { password: 'p', keep: 'file' } },
  ],
  [
    'readWriteFile',
    1,
    { fileSelector: '/a/*.csv', options: { dataPropertyName: 'f' } },
    'workspace-files',
    { operation: 'read', path: '/a/*.csv', file: 'f', options: { fieldsOfItem: 'name' } },
  ],
  [
    'readWriteFile',
    1,
    { operation: 'write', fileName: '=/a/{{ 1 }}', dataPropertyName: 'f', options: { append: true } },
    'workspace-files',
    { operation: 'write', path: '/a/{{ 1 }}', file: 'f', options: { append: true, pathField: 'fileName' } },
  ],
  [
    'readBinaryFile',
    1,
    { filePath: '/a' },
    'workspace-files',
    { operation: 'read', path: '/a', options: { fieldsOfItem: 'item', keepFiles: true } },
  ],
  [
    'readBinaryFiles',
    1,
    { fileSelector: '*' },
    'workspace-files',
    { operation: 'read', path: '*', options: { fieldsOfItem: 'none' } },
  ],
  ['writeBinaryFile', 1, { fileName: 'x' }, 'workspace-files', { operation: 'write', path: 'x' }],
  ['compression', 1, {}, 'compression', { operation: 'unpack', files: 'data', prefix: 'file_' }],
  [
    'compression',
    1.1,
    { operation: 'compress', binaryPropertyName: 'a, b', fileName: 'x.zip', binaryPropertyOutput: 'z' },
    'compression',
    { operation: 'zip', files: 'a, b', fileName: 'x.zip', output: 'z' },
  ],
  [
    'compression',
    1,
    { operation: 'compress', outputFormat: 'gzip' },
    'compression',
    { operation: 'gzip', options: { prefix: 'data' } },
  ],
  [
    'compression',
    1.1,
    { operation: 'compress', outputFormat: 'gzip', fileName: 'x.gz' },
    'compression',
    { operation: 'gzip', options: { output: 'data', fileName: 'x.gz' } },
  ],
  [
    'editImage',
    1,
    { operation: 'resize', options: { format: 'jpeg', destinationKey: 'd' } },
    'edit-image',
    {
      operation: 'edit',
      steps: [{ step: 'resize', width: 500, height: 500, fit: 'area' }],
      options: { format: 'jpeg', output: 'd' },
    },
  ],
  [
    'editImage',
    1,
    {
      operation: 'multiStep',
      operations: { operations: [{ operation: 'create' }, { operation: 'draw', color: '#ff000080' }] },
    },
    'edit-image',
    {
      operation: 'create',
      width: 50,
      color: '#ffffffff',
      steps: [{ step: 'shape', shape: 'rectangle', color: '#ff00007f' }],
    },
  ],
  ['editImage', 1, { operation: 'composite', operator: 'Bumpmap' }, 'placeholder', {}],
])('%s@%d %j', (type, version, given, ourType, parameters) => {
  const nodes = [{ name: 'N', type: `n8n-nodes-base.${type}`, typeVersion: version, parameters: given }];
  const made = importN8n({ nodes, connections: {} }).workflow.nodes[0]!;
  expect(made.type).toBe(ourType);
  expect(made.parameters).toMatchObject(parameters);
  const spec = nodeCatalog.find(made.type, made.version)!;
  const issues = spec
    .check(made.parameters)
    .filter(({ code, severity }) => code !== 'required' && severity === 'error');
  expect(issues).toEqual([]);
});
