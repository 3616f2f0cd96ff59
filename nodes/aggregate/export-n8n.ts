import { core, list, noDots, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

/** Only the list node of before failed when no item had a field; n8n still runs it. */
export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const strict = options.failIfMissing === true;
  return core(strict ? 'itemLists' : 'aggregate', strict ? 2 : 1, {
    operation: strict ? 'aggregateItems' : undefined,
    ...(parameters.mode === 'all' ? wholeItems(parameters) : singleFields(parameters)),
    options: compact({
      disableDotNotation: noDots(options),
      mergeLists: on(options.mergeLists),
      keepMissing: on(options.keepMissing),
      includeBinaries: on(options.includeFiles),
      keepOnlyUnique: on(options.uniqueFiles),
    }),
  });
};

const wholeItems = ({ destination, include, includeFields }: Record<string, unknown>) => ({
  aggregate: 'aggregateAllItemData',
  destinationFieldName: destination,
  include: include === 'selected' ? 'specifiedFields' : include === 'except' ? 'allFieldsExcept' : undefined,
  fieldsToInclude: include === 'selected' ? includeFields : undefined,
  fieldsToExclude: include === 'except' ? includeFields : undefined,
});

const singleFields = ({ fields }: Record<string, unknown>) => ({
  fieldsToAggregate: {
    fieldToAggregate: list(fields).map(({ name, rename }) => ({
      fieldToAggregate: name,
      ...(rename ? { renameField: true, outputFieldName: rename } : {}),
    })),
  },
});
