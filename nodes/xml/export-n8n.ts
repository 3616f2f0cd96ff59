import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  const keys = { attrkey: options.attributeKey, charkey: options.textKey };
  if (parameters.operation === 'build')
    return core('xml', 1, {
      mode: 'jsonToxml',
      dataPropertyName: parameters.target,
      options: compact({
        rootName: options.rootName,
        headless: options.headless,
        cdata: options.cdata,
        allowSurrogateChars: options.surrogates,
        ...keys,
      }),
    });
  return core('xml', 1, {
    dataPropertyName: parameters.source,
    options: compact({
      mergeAttrs: options.mergeAttributes,
      ignoreAttrs: options.ignoreAttributes,
      explicitArray: options.alwaysLists,
      explicitRoot: options.keepRoot,
      trim: options.trim,
      normalize: options.normalise,
      normalizeTags: options.lowerCaseTags,
      ...keys,
    }),
  });
};
