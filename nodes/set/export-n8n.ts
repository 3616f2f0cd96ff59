import { core, jsonText, list, noDots, on, sameJson } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const include = parameters.includeOther;
  // Since 3.4 files go where all other fields go; before, they were kept by an option.
  const keepsFilesAlone = include === 'none' && options.dropFiles !== true;
  const asJson = parameters.mode === 'json';
  return core(
    'set',
    keepsFilesAlone ? 3.3 : 3.4,
    {
      mode: asJson ? 'raw' : undefined,
      jsonOutput: asJson ? jsonText(parameters.json) : undefined,
      assignments: asJson ? undefined : { assignments: list(parameters.fields).map(assignmentOf) },
      includeOtherFields: include === 'none' ? undefined : true,
      include: include === 'none' || include === 'all' ? undefined : include,
      includeFields: include === 'selected' ? parameters.otherFields : undefined,
      excludeFields: include === 'except' ? parameters.otherFields : undefined,
      options: compact({
        dotNotation: noDots(options) && false,
        ignoreConversionErrors: on(options.ignoreConversionErrors),
        includeBinary: keepsFilesAlone || undefined,
        stripBinary: include !== 'none' && options.dropFiles === true ? true : undefined,
      }),
    },
    { same: sameJson('json', parameters.json) },
  );
};

const assignmentOf = ({ name, type, value }: Record<string, unknown>, index: number) => ({
  id: String(index + 1),
  name,
  type,
  value,
});
