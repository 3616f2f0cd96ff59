import { core, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';
import { OFF_THERE, TO_HTML, TO_MARKDOWN } from './n8n-names.ts';

type Values = Record<string, unknown>;

export const exporter: N8nExporter = ({ parameters }) => {
  const options = record(parameters.options);
  return core('markdown', 1, {
    ...(parameters.operation === 'toHtml'
      ? { mode: 'markdownToHtml', markdown: parameters.markdown, options: htmlOptions(options) }
      : { html: parameters.html, options: markdownOptions(options) }),
    destinationKey: parameters.target,
  });
};

const renamed = (options: Values, names: Record<string, string>): Values =>
  compact(Object.fromEntries(Object.entries(names).map(([theirs, ours]) => [theirs, options[ours]])));

function htmlOptions(options: Values): Values {
  // On here unless stated, off there.
  const on = Object.entries(OFF_THERE).map(([theirs, ours]) => [
    theirs,
    options[ours] === false ? undefined : (options[ours] ?? true),
  ]);
  return compact({
    ...Object.fromEntries(on),
    ...renamed(options, TO_HTML),
    noHeaderId: options.headingIds === false ? true : undefined,
  });
}

function markdownOptions(options: Values): Values {
  const replacements = list(options.replacements).map(({ find, replaceWith }) => ({
    pattern: find,
    replacement: replaceWith,
  }));
  const pair = (pattern: unknown, replacement: unknown) =>
    pattern === undefined && replacement === undefined
      ? undefined
      : { value: compact({ pattern, replacement }) };
  return compact({
    ...renamed(options, TO_MARKDOWN),
    ignore: options.ignore,
    codeBlockStyle: options.codeStyle === 'indented' ? 'indented' : undefined,
    textReplace: replacements.length > 0 ? { values: replacements } : undefined,
    globalEscape: pair(options.escapePattern, options.escapeWith),
    lineStartEscape: pair(options.lineStartPattern, options.lineStartWith),
  });
}
