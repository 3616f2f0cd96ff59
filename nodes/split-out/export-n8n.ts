import { core, noDots, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

const INCLUDE: Record<string, string> = { all: 'allOtherFields', selected: 'selectedOtherFields' };

/** Only the list node of before failed when there was no list; n8n still runs it. */
export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const strict = options.failIfNoList === true;
  return core(strict ? 'itemLists' : 'splitOut', strict ? 2 : 1, {
    operation: strict ? 'splitOutItems' : undefined,
    fieldToSplitOut: parameters.fields,
    include: INCLUDE[String(parameters.include)],
    fieldsToInclude: parameters.otherFields || undefined,
    options: compact({
      destinationFieldName: options.destination,
      disableDotNotation: noDots(options),
      includeBinary: on(options.includeFiles),
    }),
  });
};
