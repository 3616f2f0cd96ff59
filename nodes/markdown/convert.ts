import { NodeHtmlMarkdown, type NodeHtmlMarkdownOptions } from 'node-html-markdown';
import showdown from 'showdown';
import type { InputOf } from '../fields.ts';
import type { markdown } from './definition.ts';

type Operations = (typeof markdown)['operations'];
export type HtmlOptions = InputOf<Operations['toHtml']['fields']>['options'];
export type MarkdownOptions = InputOf<Operations['toMarkdown']['fields']>['options'];
export type Conversion =
  | { to: 'html'; text: string; options: HtmlOptions }
  | { to: 'markdown'; text: string; options: MarkdownOptions };

/**
 * Converts a text; runs until it is done. The libraries take quadratic time and worse for some texts, and patterns may
 * never end: call it through `converted`, which watches the clock.
 */
export function convert(conversion: Conversion): string {
  return conversion.to === 'html'
    ? toHtml(conversion.text, conversion.options)
    : NodeHtmlMarkdown.translate(conversion.text, markdownOptions(conversion.options));
}

function toHtml(text: string, o: HtmlOptions): string {
  const converter = new showdown.Converter({
    tables: o.tables ?? true,
    strikethrough: o.strikethrough ?? true,
    tasklists: o.taskLists ?? true,
    simplifiedAutoLink: o.autoLinks ?? true,
    ghCodeBlocks: o.codeFences ?? true,
    simpleLineBreaks: o.lineBreaks ?? false,
    openLinksInNewWindow: o.newWindow ?? false,
    completeHTMLDocument: o.completeDocument ?? false,
    emoji: o.emoji ?? false,
    underline: o.underline ?? false,
    noHeaderId: o.headingIds === false,
    ghCompatibleHeaderId: o.githubIds ?? false,
    customizedHeaderId: o.ownIds ?? false,
    ...(o.idPrefix ? { prefixHeaderId: o.idPrefix } : {}),
    headerLevelStart: o.headingLevel ?? 1,
    requireSpaceBeforeHeadingText: o.headingSpace ?? false,
    parseImgDimensions: o.imageSizes ?? false,
    literalMidWordUnderscores: o.plainUnderscores ?? false,
    literalMidWordAsterisks: o.plainAsterisks ?? false,
    disableForced4SpacesIndentedSublists: o.shortIndents ?? false,
    smartIndentationFix: o.fixIndents ?? false,
    splitAdjacentBlockquotes: o.separateQuotes ?? false,
    ghMentions: o.mentions ?? false,
    ghMentionsLink: o.mentionsLink || 'https://github.com/{u}',
    encodeEmails: o.hideEmails ?? true,
    excludeTrailingPunctuationFromURLs: o.trimUrls ?? false,
    backslashEscapesHTMLTags: o.escapeTags ?? false,
  });
  return converter.makeHtml(text);
}

function markdownOptions(o: MarkdownOptions): Partial<NodeHtmlMarkdownOptions> {
  const mode = o.patterns ?? 'text';
  const pattern = (find: string | undefined, replaceWith: string | undefined) =>
    find ? ([finder(find, mode), replacement(replaceWith ?? '', mode)] as const) : undefined;
  const escaping = pattern(o.escapePattern, o.escapeWith);
  const lineStart = pattern(o.lineStartPattern, o.lineStartWith);
  const ignore = tagNames(o.ignore);
  const blocks = tagNames(o.blocks);
  return {
    ...(ignore.length > 0 ? { ignore } : {}),
    ...(blocks.length > 0 ? { blockElements: blocks } : {}),
    bulletMarker: o.bullet || '*',
    strongDelimiter: o.strong || '**',
    emDelimiter: o.emphasis || '_',
    codeBlockStyle: o.codeStyle ?? 'fenced',
    codeFence: o.fence || '```',
    maxConsecutiveNewlines: o.maxLineBreaks ?? 3,
    useLinkReferenceDefinitions: o.linksAtEnd ?? false,
    useInlineLinks: o.bareLinks ?? true,
    keepDataImages: o.dataImages ?? false,
    textReplace: (o.replacements ?? []).flatMap(({ find, replaceWith }) => {
      const made = pattern(find, replaceWith);
      return made ? [made] : [];
    }),
    ...(escaping ? { globalEscape: escaping } : {}),
    ...(lineStart ? { lineStartEscape: lineStart } : {}),
  };
}

/** A text counts as itself only once when it is handed on as it is; the library hands it to `replace`. */
function finder(find: string, mode: 'text' | 'first' | 'regex'): RegExp {
  if (mode === 'first') return find as unknown as RegExp;
  return new RegExp(mode === 'regex' ? find : find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gm');
}

const replacement = (text: string, mode: 'text' | 'first' | 'regex') =>
  mode === 'regex' ? text : text.replaceAll('$', '$$$$');

const tagNames = (list = '') =>
  list
    .split(',')
    .map((name) => name.trim().toUpperCase())
    .filter((name) => name !== '');
