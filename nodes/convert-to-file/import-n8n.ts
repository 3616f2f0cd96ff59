import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { bool, compact, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.convertToFile'], map: mapConvert },
  {
    types: ['n8n-nodes-base.spreadsheetFile'],
    map: (node) =>
      node.parameters.operation === 'toFile'
        ? mapTable(text(node.parameters.fileFormat, 'xls'), node, 'spreadsheet')
        : null,
  },
  {
    types: ['n8n-nodes-base.moveBinaryData'],
    map: (node) => (node.parameters.mode === 'jsonToBinary' ? mapJsonToBinary(node) : null),
  },
  {
    types: ['n8n-nodes-base.iCal'],
    map: (node) => mapEvent(node, record(node.parameters.additionalFields)),
  },
];

function mapConvert(node: N8nNode): ImportedNode | string | null {
  const { parameters } = node;
  const options = record(parameters.options);
  const operation = text(parameters.operation, 'csv');
  switch (operation) {
    case 'csv':
    case 'html':
    case 'ods':
    case 'rtf':
    case 'xls':
    case 'xlsx':
      return mapTable(operation, node, 'File');
    case 'toJson':
      return converted('json', node, {
        mode: parameters.mode === 'each' ? 'each' : undefined,
        options: compact({
          ...nameOf(options),
          indent: bool(options.format) || undefined,
          ...encodingOf(options),
          keep: 'none',
        }),
      });
    case 'toText':
      return converted('text', node, {
        field: parameters.sourceProperty ?? '',
        options: textOptions(options),
      });
    case 'toBinary':
      return options.dataIsBase64 === false
        ? converted('text', node, { field: parameters.sourceProperty ?? '', options: textOptions(options) })
        : converted('base64', node, {
            field: parameters.sourceProperty ?? '',
            options: compact({
              ...nameOf(options),
              mimeType: text(options.mimeType) || undefined,
              keep: 'none',
            }),
          });
    case 'iCal':
      return mapEvent(node, record(parameters.additionalFields));
    default:
      return null;
  }
}

const converted = (operation: string, { parameters }: N8nNode, more: Values): ImportedNode => ({
  type: 'convert-to-file',
  parameters: compact({ operation, file: parameters.binaryPropertyName, ...more }),
});

const nameOf = ({ fileName }: Values): Values =>
  text(fileName) === '' ? {} : { fileName: text(fileName), exactName: true };

const encodingOf = (options: Values): Values => ({
  encoding: text(options.encoding) || undefined,
  bom: bool(options.addBOM) || undefined,
});

const textOptions = (options: Values): Values =>
  compact({
    ...nameOf(options),
    mimeType: text(options.mimeType) || undefined,
    ...encodingOf(options),
    keep: 'none',
  });

function mapTable(format: string, { parameters }: N8nNode, defaultName: string): ImportedNode | null {
  const operation = format === 'xls' ? 'xlsx' : format;
  if (!['csv', 'html', 'ods', 'rtf', 'xlsx'].includes(operation)) return null;
  const options = record(parameters.options);
  const isSheet = operation === 'xlsx' || operation === 'ods';
  return {
    type: 'convert-to-file',
    parameters: compact({
      operation,
      file: parameters.binaryPropertyName,
      options: compact({
        fileName: text(options.fileName) || `${defaultName}.${operation}`,
        exactName: text(options.fileName) === '' ? undefined : true,
        headerRow: options.headerRow,
        delimiter: operation === 'csv' ? text(options.delimiter) || undefined : undefined,
        sheetName: isSheet ? text(options.sheetName) || undefined : undefined,
      }),
    }),
    ...(format === 'xls' ? { approximated: 'It writes .xlsx instead of the old .xls.' } : {}),
  };
}

function mapJsonToBinary({ parameters }: N8nNode): ImportedNode {
  const options = record(parameters.options);
  const file = text(parameters.destinationKey) || undefined;
  const common = { ...nameOf(options), ...encodingOf(options) };
  const keepsSource = bool(options.keepSource);
  if (parameters.convertAllData !== false) {
    const keep = keepsSource ? undefined : 'files';
    return {
      type: 'convert-to-file',
      parameters: compact({ operation: 'json', mode: 'each', file, options: compact({ ...common, keep }) }),
    };
  }
  const isBase64 = options.dataIsBase64 === true;
  const more = isBase64
    ? nameOf(options)
    : { ...common, asJson: options.useRawData === true ? undefined : true };
  return {
    type: 'convert-to-file',
    parameters: compact({
      operation: isBase64 ? 'base64' : 'text',
      field: text(parameters.sourceKey, 'data'),
      file,
      options: compact({
        ...more,
        mimeType: text(options.mimeType) || 'application/json',
        keep: keepsSource ? undefined : 'rest',
      }),
    }),
  };
}

function mapEvent({ parameters }: N8nNode, extra: Values): ImportedNode | string {
  const operation = text(parameters.operation, 'createEventFile');
  if (operation !== 'createEventFile' && operation !== 'iCal')
    return 'It does something else than making an event.';
  const geo = record(record(extra.geolocationUi).geolocationValues);
  const organizer = record(record(extra.organizerUi).organizerValues);
  const attendees = rows(extra.attendeesUi, 'attendeeValues').map((row) =>
    compact({ name: text(row.name) || undefined, email: text(row.email), rsvp: bool(row.rsvp) || undefined }),
  );
  return {
    type: 'convert-to-file',
    parameters: compact({
      operation: 'calendar',
      title: text(parameters.title),
      start: text(parameters.start),
      end: text(parameters.end),
      allDay: parameters.allDay,
      file: text(parameters.binaryPropertyName) || undefined,
      options: compact({
        ...nameOf(extra),
        calendarName: text(extra.calName) || undefined,
        description: text(extra.description) || undefined,
        location: text(extra.location) || undefined,
        url: text(extra.url) || undefined,
        organizer: text(organizer.email)
          ? [compact({ name: text(organizer.name) || undefined, email: organizer.email })]
          : undefined,
        attendees: attendees.length > 0 ? attendees : undefined,
        busy: text(extra.busyStatus) || undefined,
        status: text(extra.status) || undefined,
        repeat: text(extra.recurrenceRule) || undefined,
        latitude: text(geo.lat) ? geo.lat : undefined,
        longitude: text(geo.lon) ? geo.lon : undefined,
        uid: text(extra.uid) || undefined,
        sequence: extra.sequence,
        keep: 'none',
      }),
    }),
  };
}
