import { asStated, core, inverted } from '../n8n-export-values.ts';
import type { ExportedNode, N8nExporter } from '../n8n-exporter.ts';
import { compact, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

const WHOLE: Record<string, string> = {
  json: 'fromJson',
  text: 'text',
  calendar: 'fromIcs',
  base64: 'binaryToPropery',
};
const KEEP = inverted({ json: 'rest', binary: 'file', both: 'both' });

export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const parameters = asStated(all, stated, 'file', 'destination');
  const operation = text(parameters.operation, 'spreadsheet');
  const options = record(parameters.options);
  if (operation === 'xml') return 'n8n reads XML in two steps: Extract from File, then XML.';
  if (operation === 'richText') return 'n8n reads such documents as tables only.';
  if (operation === 'pdf') return pdf(parameters, options);
  const whole = WHOLE[operation];
  if (whole !== undefined)
    return spreads(options) ? spread(parameters, options) : fromWhole(whole, parameters, options);
  // The sheet that is found out by what is in the file was a node of its own.
  const found = operation === 'spreadsheet';
  return core(found ? 'spreadsheetFile' : 'extractFromFile', found ? 2 : 1, {
    operation: found || operation === 'csv' ? undefined : operation,
    binaryPropertyName: parameters.file,
    options: compact({
      headerRow: options.headerRow,
      includeEmptyCells: options.skipEmptyCells === true ? undefined : true,
      ...(operation === 'csv' ? csvOptions(options) : {}),
      sheetName: options.sheet,
      range: rangeOf(options.range),
      rawData:
        ['spreadsheet', 'html', 'rtf'].includes(operation) && options.typed !== true ? true : undefined,
    }),
  });
};

function fromWhole(operation: string, { file, destination }: Values, options: Values): ExportedNode {
  return core('extractFromFile', 1, {
    operation,
    binaryPropertyName: file,
    destinationKey: destination,
    options: compact({
      encoding: options.encoding,
      stripBOM: options.stripBom === false ? false : undefined,
      keepSource: KEEP[text(options.keep, 'none')],
    }),
  });
}

function pdf({ file }: Values, options: Values): ExportedNode {
  return core('extractFromFile', 1, {
    operation: 'pdf',
    binaryPropertyName: file,
    options: compact({
      password: options.password,
      maxPages: options.maxPages,
      joinPages: options.joinPages,
      keepSource: KEEP[text(options.keep, 'none')],
    }),
  });
}

const spreads = ({ spread: all }: Values) => all === true;

/** JSON that becomes the item itself is something that only the node of before does. */
const spread = ({ file }: Values, options: Values): ExportedNode =>
  core('moveBinaryData', 1.1, {
    sourceKey: file,
    options: compact({
      encoding: options.encoding,
      stripBOM: options.stripBom === false ? false : undefined,
      keepSource: options.keep === 'file' ? true : undefined,
    }),
  });

function csvOptions(options: Values): Values {
  const skips = options.oddRows === 'skip';
  return {
    delimiter: options.delimiter,
    fromLine: options.fromLine,
    maxRowCount: options.maxRows,
    encoding: options.encoding,
    enableBOM: options.stripBom === false ? undefined : true,
    relaxQuotes: options.relaxQuotes,
    skipRecordsWithErrors: skips
      ? { value: compact({ enabled: true, maxSkippedRecords: options.maxSkipped }) }
      : undefined,
  };
}

/** The row to begin with was counted from 0. */
function rangeOf(range: unknown): unknown {
  return typeof range === 'string' && /^\d+$/.test(range) ? String(Number(range) - 1) : range;
}
