import type { ImportedNode, N8nImporter } from '../n8n.ts';
import { text } from '../n8n-values.ts';

/** What a Code node does that was left as it came. */
const DEFAULT_ALL =
  'for (const item of $input.all()) {\n  item.json.myNewField = 1;\n}\n\nreturn $input.all();';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.code'],
    map: (_node, _version, { original }) => {
      const language = text(original.language, 'javaScript');
      if (language !== 'javaScript') return `Its code is in ${language.replace(/Native$/, '')}.`;
      return original.mode === 'runOnceForEachItem'
        ? code('each-item', text(original.jsCode, '$input.item.json.myNewField = 1;\n\nreturn $input.item;'))
        : code('all-items', text(original.jsCode, DEFAULT_ALL));
    },
  },
  {
    types: ['n8n-nodes-base.function'],
    map: (_node, _version, { original }) =>
      code('all-items', text(original.functionCode, 'items[0].json.myVariable = 1;\nreturn items;')),
  },
  {
    types: ['n8n-nodes-base.functionItem'],
    // There `item` is the bare data, and may be assigned to; hence a function with that name as its parameter.
    map: (_node, _version, { original }) =>
      code(
        'each-item',
        `return (async (item) => {\n${text(original.functionCode, 'return item;')}\n})($json);`,
      ),
  },
];

/** Code that reaches for modules or for n8n's own helpers will not find them in the sandbox. */
function code(mode: string, source: string): ImportedNode {
  const reaches =
    /\brequire\s*\(|\bthis\.helpers\b|\$helpers\b|\bgetBinaryDataBuffer\b|\$getWorkflowStaticData\b|\bgetWorkflowStaticData\b/.exec(
      source,
    );
  return {
    type: 'code',
    parameters: { mode, source },
    ...(reaches
      ? {
          approximated: `Its code uses ${reaches[0].replace(/\s*\($/, '')}, which the sandbox may not offer.`,
        }
      : {}),
  };
}
