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
      const mode = original.mode === 'runOnceForEachItem' ? 'each-item' : 'all-items';
      if (language.startsWith('python')) return python(mode, text(original.pythonCode), language);
      if (language !== 'javaScript') return `Its code is in ${language}.`;
      return mode === 'each-item'
        ? code(mode, text(original.jsCode, '$input.item.json.myNewField = 1;\n\nreturn $input.item;'))
        : code(mode, text(original.jsCode, DEFAULT_ALL));
    },
  },
  {
    // A model wrote its code once, which then runs like any other.
    types: ['n8n-nodes-base.aiTransform'],
    map: (_node, _version, { original }) => {
      const source = text(original.jsCode);
      return source.trim() === '' ? 'Its code has not been generated yet.' : code('all-items', source);
    },
  },
  {
    types: ['n8n-nodes-base.function'],
    map: (_node, _version, { original }) => {
      const source = text(original.functionCode, 'items[0].json.myVariable = 1;\nreturn items;');
      return code(
        'all-items',
        /\b[gs]etBinaryDataAsync\b/.test(source) ? `${FILE_FUNCTIONS}\n${source}` : source,
      );
    },
  },
  {
    // A helper of n8n's own test workflows, which people come across: it gives the items that are written in it.
    types: ['n8n-nodes-testing.testData'],
    map: (_node, _version, { original }) => {
      const data = typeof original.data === 'string' ? original.data : JSON.stringify(original.data ?? []);
      return code(
        'all-items',
        `return [JSON.parse(${JSON.stringify(data)})].flat().map((json) => ({ json }));`,
      );
    },
  },
  {
    types: ['n8n-nodes-base.functionItem'],
    map: (_node, _version, { original }) =>
      code('each-item', `${BEFORE_ITEM}\n${text(original.functionCode, 'return item;')}\n${AFTER_ITEM}`),
  },
  {
    types: ['n8n-nodes-base.sort'],
    map: (_node, _version, { original }) => (original.type === 'code' ? sortBy(original.code) : null),
  },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (_node, _version, { original }) =>
      original.operation === 'sort' && original.type === 'code' ? sortBy(original.code) : null,
  },
];

const FILE_FUNCTIONS =
  'const getBinaryDataAsync = async (item) => item.binary; const setBinaryDataAsync = async (item, data) => { item.binary = data; };';

/**
 * There `item` is the bare data and may be assigned to, hence a function with that name as its parameter; the files of
 * the item are reached by functions. All of it on one line, so that the lines of the code keep their numbers but for one.
 */
const BEFORE_ITEM =
  'let binary = $input.item.binary; const getBinaryData = () => binary; const setBinaryData = (data) => { binary = data; };' +
  ' const getBinaryDataAsync = async () => binary; const setBinaryDataAsync = async (data) => { binary = data; };' +
  ' const json = await (async (item) => {';
const AFTER_ITEM = "})($json);\nreturn json && typeof json === 'object' ? { json, binary } : json;";

/** A comparison of two items, a and b, by code. */
const sortBy = (source: unknown) =>
  code('all-items', `return $input.all().sort((a, b) => {\n${text(source, 'return 0;')}\n});`);

/** What a Code node does in Python that was left as it came. */
const PYTHON_DEFAULTS: Record<string, string> = {
  'all-items': 'for item in _items:\n    item["json"]["my_new_field"] = 1\n\nreturn _items',
  'each-item': '_item["json"]["my_new_field"] = 1\n\nreturn _item',
};

/** There are two Pythons there: one with the standard library, as here, and one in which an operator may allow more. */
function python(mode: string, source: string, language: string): ImportedNode {
  const made = {
    type: 'code',
    parameters: { mode, language: 'python', python: source || PYTHON_DEFAULTS[mode] },
  };
  const missing = [
    /\bgetWorkflowStaticData\b/.test(source) ? 'static data' : '',
    /\b_jmespath\b/.test(source) ? 'JMESPath' : '',
    /\bmicropip\b/.test(source) ? 'packages' : '',
  ].filter(Boolean);
  if (missing.length > 0)
    return {
      ...made,
      approximated: `Its code uses ${missing.join(' and ')}, which Python does not have here.`,
    };
  return language === 'pythonNative' && /^\s*(?:import|from)\s+(?:numpy|pandas|requests)\b/m.test(source)
    ? { ...made, approximated: 'Its code imports packages; only the standard library is there.' }
    : made;
}

/** Code that reaches for modules or for n8n's own helpers will not find them in the sandbox. */
function code(mode: string, source: string): ImportedNode {
  const reaches = /\brequire\s*\(|\bthis\.helpers\b|\$helpers\b|\bgetBinaryDataBuffer\b/.exec(source);
  const reasons: string[] = [];
  if (reaches)
    reasons.push(`Its code uses ${reaches[0].replace(/\s*\($/, '')}, which the sandbox may not offer.`);
  const made = { type: 'code', parameters: { mode, source } };
  return reasons.length > 0 ? { ...made, approximated: reasons.join(' ') } : made;
}
