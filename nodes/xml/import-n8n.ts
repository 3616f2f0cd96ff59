import type { N8nImporter } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

const given = (value: unknown, fallback: unknown) =>
  value === undefined || value === fallback ? undefined : value;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.xml'],
    map: ({ parameters }) => {
      const options = record(parameters.options);
      const property = parameters.dataPropertyName ?? 'data';
      const keys = {
        attributeKey: given(options.attrkey, '$'),
        textKey: given(options.charkey, '_'),
      };
      if (text(parameters.mode, 'xmlToJson') === 'jsonToxml') {
        return {
          type: 'xml',
          parameters: {
            operation: 'build',
            target: property,
            options: compact({
              rootName: given(options.rootName, 'root'),
              headless: given(options.headless, false),
              cdata: given(options.cdata, false),
              surrogates: given(options.allowSurrogateChars, false),
              ...keys,
            }),
          },
        };
      }
      return {
        type: 'xml',
        parameters: {
          operation: 'parse',
          source: property,
          options: compact({
            mergeAttributes: given(options.mergeAttrs, true),
            ignoreAttributes: given(options.ignoreAttrs, false),
            alwaysLists: given(options.explicitArray, false),
            keepRoot: given(options.explicitRoot, true),
            trim: given(options.trim, false),
            normalise: given(options.normalize, false),
            lowerCaseTags: given(options.normalizeTags, false),
            ...keys,
          }),
        },
      };
    },
  },
];
