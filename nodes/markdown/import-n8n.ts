import type { N8nImporter } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';
import { OFF_THERE, TO_HTML, TO_MARKDOWN } from './n8n-names.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.markdown'],
    map: ({ parameters }) => {
      const options = record(parameters.options);
      const toHtml = parameters.mode === 'markdownToHtml';
      return {
        type: 'markdown',
        parameters: compact({
          ...(toHtml
            ? { operation: 'toHtml', markdown: parameters.markdown ?? '', options: htmlOptions(options) }
            : { operation: 'toMarkdown', html: parameters.html ?? '', options: markdownOptions(options) }),
          target: text(parameters.destinationKey, 'data'),
        }),
      };
    },
  },
];

const renamed = (options: Values, names: Record<string, string>): Values =>
  compact(Object.fromEntries(Object.entries(names).map(([theirs, ours]) => [ours, options[theirs]])));

function htmlOptions(options: Values): Values {
  return {
    ...Object.fromEntries(
      Object.entries(OFF_THERE).map(([theirs, ours]) => [ours, options[theirs] ?? false]),
    ),
    ...renamed(options, TO_HTML),
    ...(options.noHeaderId === true ? { headingIds: false } : {}),
  };
}

function markdownOptions(options: Values): Values {
  const replacements = rows(options.textReplace, 'values').map((row) => ({
    find: row.pattern ?? '',
    replaceWith: row.replacement ?? '',
  }));
  const [anywhere] = rows(options.globalEscape, 'value');
  const [lineStart] = rows(options.lineStartEscape, 'value');
  const finds = replacements.length > 0 || anywhere || lineStart;
  return compact({
    ...renamed(options, TO_MARKDOWN),
    ignore: ignored(options.ignore),
    codeStyle: options.codeBlockStyle === 'indented' ? 'indented' : undefined,
    replacements: replacements.length > 0 ? replacements : undefined,
    escapePattern: anywhere?.pattern,
    escapeWith: anywhere?.replacement,
    lineStartPattern: lineStart?.pattern,
    lineStartWith: lineStart?.replacement,
    patterns: finds ? 'first' : undefined,
    bareLinks: false,
  });
}

/** The version of the library that n8n uses ignores no element that is a block anyway; newer ones do. */
const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside audio blockquote body canvas center dd dir div dl dt fieldset figcaption figure footer ' +
    'form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html isindex li main menu nav noframes noscript ol output p ' +
    'pre section table tbody td tfoot th thead tr ul'
  ).split(' '),
);
function ignored(value: unknown): unknown {
  if (typeof value !== 'string') return undefined;
  if (value.includes('{{')) return value;
  const names = value.split(',').map((name) => name.trim());
  return names.filter((name) => !BLOCKS.has(name.toLowerCase())).join(', ') || undefined;
}
