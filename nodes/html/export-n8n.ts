import { asExpression } from '#engine/expression/n8n-syntax.ts';
import { core, list, on } from '../n8n-export-values.ts';
import type { ExportedNode, N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const exporter: N8nExporter = ({ parameters }) => {
  if (parameters.operation === 'template') return templateOf(String(parameters.html ?? ''));
  if (parameters.operation === 'table') return tableOf(record(parameters.options));
  const options = record(parameters.options);
  // Text was laid out since 1.2; before, it was the bare text.
  return core('html', options.textStyle === 'raw' ? 1 : 1.2, {
    operation: 'extractHtmlContent',
    ...(parameters.from === 'file'
      ? { sourceData: 'binary', dataPropertyName: parameters.file }
      : { dataPropertyName: parameters.source }),
    extractionValues: { values: list(parameters.values).map(extractionOf) },
    options: compact({
      trimValues: options.trim === false ? false : undefined,
      cleanUpText: on(options.cleanUp),
    }),
  });
};

const extractionOf = ({ key, selector, take, attribute, skip, all }: Values): Values =>
  compact({
    key,
    cssSelector: selector,
    returnValue: take === 'text' ? undefined : take,
    attribute: take === 'attribute' ? attribute : undefined,
    skipSelectors: skip || undefined,
    returnArray: on(all),
  });

/** Blocks in it are evaluated there even when it is no expression, so braces that are text need one. */
const templateOf = (html: string): ExportedNode =>
  core(
    'html',
    1.2,
    {},
    {
      literal: { operation: 'generateHtmlTemplate', html: html.includes('{{') ? asExpression(html) : html },
    },
  );

const tableOf = (options: Values): ExportedNode =>
  core('html', 1.2, {
    operation: 'convertToHtmlTable',
    options: compact({
      caption: options.caption,
      capitalize: on(options.capitalise),
      customStyling: on(options.plain),
      tableAttributes: options.tableAttributes,
      headerAttributes: options.headerAttributes,
      rowAttributes: options.rowAttributes,
      cellAttributes: options.cellAttributes,
    }),
  });
