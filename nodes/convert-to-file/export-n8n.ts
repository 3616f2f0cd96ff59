import { asStated, core, list, on } from '../n8n-export-values.ts';
import type { ExportedNode, N8nExporter } from '../n8n-exporter.ts';
import { compact, record, text } from '../n8n-values.ts';
import { keepingNode } from './export-n8n-keeping.ts';

type Values = Record<string, unknown>;

/** Nodes of before kept more of the item, and can be told so; n8n still runs them. */
export const exporter: N8nExporter = ({ parameters: all }, { stated }) => {
  const operation = text(all.operation, 'csv');
  const options = { ...record(all.options), fileName: nameOf(operation, record(all.options)) };
  const made = madeBy(operation, { ...asStated(all, stated, 'file'), options });
  return { ...made, same: ['fileName', 'exactName'] };
};

function madeBy(operation: string, parameters: Values): ExportedNode {
  const options = record(parameters.options);
  switch (operation) {
    case 'json':
    case 'text':
    case 'base64':
      return (
        (options.keep === 'none' ? undefined : keepingNode(operation, parameters)) ??
        whole(operation, parameters)
      );
    case 'calendar':
      return core('convertToFile', 1.1, { operation: 'iCal', ...eventOf(parameters) });
    default:
      return core('convertToFile', 1.1, {
        operation: operation === 'csv' ? undefined : operation,
        binaryPropertyName: parameters.file,
        options: compact({
          fileName: options.fileName,
          headerRow: options.headerRow,
          delimiter: options.delimiter,
          sheetName: options.sheetName,
        }),
      });
  }
}

const EXTENSIONS: Record<string, string> = { json: '.json', text: '.txt', base64: '', calendar: '.ics' };

/** Names are taken as they are there; ours get an extension, and tables a name of their own. */
function nameOf(operation: string, { fileName, exactName }: Values): string | undefined {
  const name = text(fileName);
  const isTable = EXTENSIONS[operation] === undefined;
  if (name === '') return isTable ? `data.${operation}` : undefined;
  if (isTable && name === `File.${operation}` && exactName !== true) return undefined;
  return exactName === true || name.includes('.') ? name : name + (EXTENSIONS[operation] ?? `.${operation}`);
}

function whole(operation: string, parameters: Values): ExportedNode {
  const options = record(parameters.options);
  const common = compact({ fileName: options.fileName, encoding: options.encoding, addBOM: on(options.bom) });
  const file = parameters.file;
  if (operation === 'json')
    return core('convertToFile', 1.1, {
      operation: 'toJson',
      mode: parameters.mode === 'each' ? 'each' : undefined,
      binaryPropertyName: file,
      options: { ...common, ...compact({ format: on(options.indent) }) },
    });
  const sourceProperty = parameters.field;
  if (operation === 'base64')
    return core('convertToFile', 1.1, {
      operation: 'toBinary',
      sourceProperty,
      binaryPropertyName: file,
      options: compact({ fileName: options.fileName, mimeType: options.mimeType }),
    });
  // Only what makes bytes of a field takes a type; it can be told that the field is text.
  const typed = options.mimeType !== undefined;
  return core('convertToFile', 1.1, {
    operation: typed ? 'toBinary' : 'toText',
    sourceProperty,
    binaryPropertyName: file,
    options: typed ? { ...common, mimeType: options.mimeType, dataIsBase64: false } : common,
  });
}

function eventOf(parameters: Values): Values {
  const options = record(parameters.options);
  const [organizer] = list(options.organizer);
  const attendees = list(options.attendees);
  const { latitude, longitude } = options;
  return {
    title: parameters.title,
    start: parameters.start,
    end: parameters.end,
    allDay: on(parameters.allDay),
    binaryPropertyName: parameters.file,
    additionalFields: compact({
      fileName: options.fileName,
      calName: options.calendarName,
      description: options.description,
      location: options.location,
      url: options.url,
      organizerUi: organizer ? { organizerValues: organizer } : undefined,
      attendeesUi: attendees.length > 0 ? { attendeeValues: attendees } : undefined,
      busyStatus: options.busy,
      status: options.status,
      recurrenceRule: options.repeat,
      geolocationUi:
        latitude === undefined && longitude === undefined
          ? undefined
          : { geolocationValues: compact({ lat: latitude, lon: longitude }) },
      uid: options.uid,
      sequence: options.sequence,
    }),
  };
}
