import type { ImportedNode, ImportTools, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

const TAKE: Record<string, string> = { attribute: 'attribute', html: 'html', value: 'value' };

/** From this version on text is laid out, with addresses in brackets; before it was the bare text content. */
const LAID_OUT = 1.2;

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.htmlExtract'], map: (node) => mapExtract(node, 1) },
  {
    types: ['n8n-nodes-base.html'],
    map: (node, version, tools) => {
      switch (text(node.parameters.operation, 'generateHtmlTemplate')) {
        case 'extractHtmlContent':
          return mapExtract(node, version);
        case 'generateHtmlTemplate':
          return mapTemplate(node, tools);
        case 'convertToHtmlTable':
          return mapTable(node);
        default:
          return null;
      }
    },
  },
];

function mapExtract({ parameters }: N8nNode, version: number): ImportedNode {
  const options = record(parameters.options);
  const values = rows(parameters.extractionValues, 'values').map((row) =>
    compact({
      key: text(row.key),
      selector: row.cssSelector ?? '',
      take: TAKE[text(row.returnValue)],
      attribute: row.returnValue === 'attribute' ? (row.attribute ?? '') : undefined,
      skip: text(row.skipSelectors) || undefined,
      all: row.returnArray === true || undefined,
    }),
  );
  return {
    type: 'html',
    parameters: compact({
      operation: 'extract',
      ...(parameters.sourceData === 'binary'
        ? { from: 'file', file: parameters.dataPropertyName ?? 'data' }
        : { source: parameters.dataPropertyName ?? 'data' }),
      values,
      options: compact({
        textStyle: version >= LAID_OUT ? 'marked' : 'raw',
        trim: options.trimValues === false ? false : undefined,
        cleanUp: options.cleanUpText === true || undefined,
      }),
    }),
  };
}

/** Its text is no expression as a whole, but the blocks in it are evaluated. */
function mapTemplate({ parameters }: N8nNode, { original }: ImportTools): ImportedNode {
  const source = text(original.html);
  return {
    type: 'html',
    parameters: {
      operation: 'template',
      html: source.startsWith('=') ? parameters.html : source,
    },
  };
}

function mapTable({ parameters }: N8nNode): ImportedNode {
  const options = record(parameters.options);
  return {
    type: 'html',
    parameters: {
      operation: 'table',
      options: compact({
        caption: options.caption || undefined,
        capitalise: options.capitalize === true || undefined,
        plain: options.customStyling === true || undefined,
        escape: false,
        tableAttributes: options.tableAttributes || undefined,
        headerAttributes: options.headerAttributes || undefined,
        rowAttributes: options.rowAttributes || undefined,
        cellAttributes: options.cellAttributes || undefined,
      }),
    },
  };
}
