import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { bool, compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.extractFromFile'], map: mapExtract },
  {
    types: ['n8n-nodes-base.spreadsheetFile'],
    map: (node, version) =>
      node.parameters.operation === 'toFile' ? null : mapSpreadsheet(node, version < 2 ? '' : formatOf(node)),
  },
  {
    types: ['n8n-nodes-base.moveBinaryData'],
    map: (node) =>
      text(node.parameters.mode, 'binaryToJson') === 'binaryToJson' ? mapBinaryToJson(node) : null,
  },
  {
    types: ['n8n-nodes-base.readPDF'],
    map: ({ parameters }) => ({
      type: 'extract-from-file',
      parameters: compact({
        operation: 'pdf',
        file: parameters.binaryPropertyName,
        options: compact({
          password: parameters.encrypted === false ? undefined : text(parameters.password) || undefined,
          keep: 'file',
        }),
      }),
    }),
  },
];

const WHOLE: Record<string, string> = {
  fromJson: 'json',
  text: 'text',
  xml: 'text',
  fromIcs: 'calendar',
  binaryToPropery: 'base64',
};

function mapExtract(node: N8nNode): ImportedNode | null {
  const { parameters } = node;
  const options = record(parameters.options);
  const operation = text(parameters.operation, 'csv');
  if (['csv', 'html', 'ods', 'rtf', 'xls', 'xlsx'].includes(operation))
    return mapSpreadsheet(node, operation);
  if (operation === 'pdf')
    return {
      type: 'extract-from-file',
      parameters: compact({
        operation: 'pdf',
        file: parameters.binaryPropertyName,
        options: compact({
          password: text(options.password) || undefined,
          maxPages: positive(options.maxPages),
          joinPages: options.joinPages === false ? false : undefined,
          keep: keepOf(options),
        }),
      }),
    };
  const ours = WHOLE[operation];
  if (ours === undefined) return null;
  const isText = ours !== 'base64';
  return {
    type: 'extract-from-file',
    parameters: compact({
      operation: ours,
      file: parameters.binaryPropertyName,
      destination: text(parameters.destinationKey) || undefined,
      options: compact({
        encoding: isText ? text(options.encoding) || undefined : undefined,
        stripBom: isText && ours !== 'calendar' && options.stripBOM === false ? false : undefined,
        keep: keepOf(options),
      }),
    }),
  };
}

const KEEP: Record<string, string> = { json: 'rest', binary: 'file', both: 'both' };
const keepOf = ({ keepSource }: Values): string => KEEP[text(keepSource)] ?? 'other-files';

const formatOf = ({ parameters }: N8nNode): string => {
  const format = text(parameters.fileFormat, 'autodetect');
  return format === 'autodetect' ? '' : format;
};

/** Formats by what is in the file are ours too; it is CSV that is read differently when it was asked for by name. */
function mapSpreadsheet({ parameters }: N8nNode, format: string): ImportedNode {
  const options = record(parameters.options);
  const operation = ['csv', 'xlsx', 'ods', 'html', 'rtf'].includes(format) ? format : 'spreadsheet';
  const isSheet = operation !== 'csv' && operation !== 'html' && operation !== 'rtf';
  const range = isSheet ? rangeOf(options.range) : undefined;
  return {
    type: 'extract-from-file',
    parameters: compact({
      operation,
      file: text(parameters.binaryPropertyName) || undefined,
      options: compact({
        headerRow: options.headerRow === false ? false : undefined,
        skipEmptyCells: options.includeEmptyCells === true ? undefined : true,
        ...(operation === 'csv' ? csvOptions(options) : {}),
        sheet: isSheet ? text(options.sheetName) || undefined : undefined,
        range,
        dates: isSheet ? 'serial' : undefined,
        // What has no types of its own was searched for numbers, unless the data were wanted raw.
        typed:
          ['spreadsheet', 'html', 'rtf'].includes(operation) && options.rawData !== true ? true : undefined,
      }),
    }),
    ...(format === 'xls'
      ? { approximated: 'The old .xls format cannot be read; .xlsx and others can.' }
      : {}),
  };
}

function csvOptions(options: Values): Values {
  const skips = record(record(options.skipRecordsWithErrors).value);
  return {
    delimiter: text(options.delimiter) || undefined,
    fromLine: positive(options.fromLine),
    maxRows: positive(options.maxRowCount),
    encoding: text(options.encoding) || undefined,
    stripBom: options.enableBOM === true ? undefined : false,
    relaxQuotes: bool(options.relaxQuotes) || undefined,
    oddRows: skips.enabled === true ? 'skip' : 'error',
    maxSkipped: skips.enabled === true ? positive(skips.maxSkippedRecords) : undefined,
  };
}

/** A number that is written out; templates are read when they are known. */
function positive(value: unknown): unknown {
  if (typeof value === 'string' && value.includes('{{')) return value;
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** A bare number was the row to begin with, counted from 0. */
function rangeOf(value: unknown): string | undefined {
  const range = text(value).trim();
  return /^\d+$/.test(range) ? String(Number(range) + 1) : range || undefined;
}

function mapBinaryToJson({ parameters }: N8nNode): ImportedNode {
  const options = record(parameters.options);
  const all = parameters.setAllData !== false;
  const operation =
    all || options.jsonParse === true ? 'json' : options.keepAsBase64 === true ? 'base64' : 'text';
  const keepsSource = bool(options.keepSource);
  return {
    type: 'extract-from-file',
    parameters: compact({
      operation,
      file: text(parameters.sourceKey) || undefined,
      destination: all ? undefined : text(parameters.destinationKey) || undefined,
      options: compact({
        encoding: operation === 'base64' ? undefined : text(options.encoding) || undefined,
        stripBom: operation !== 'base64' && options.stripBOM === false ? false : undefined,
        spread: all || undefined,
        keep: all ? (keepsSource ? 'file' : 'other-files') : keepsSource ? 'both' : 'rest',
      }),
    }),
  };
}
