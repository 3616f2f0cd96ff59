/** Their name → ours, for what means the same. */
export const TO_HTML: Record<string, string> = {
  simpleLineBreaks: 'lineBreaks',
  openLinksInNewWindow: 'newWindow',
  completeHTMLDocument: 'completeDocument',
  emoji: 'emoji',
  underline: 'underline',
  ghCompatibleHeaderId: 'githubIds',
  customizedHeaderId: 'ownIds',
  prefixHeaderId: 'idPrefix',
  headerLevelStart: 'headingLevel',
  requireSpaceBeforeHeadingText: 'headingSpace',
  parseImgDimensions: 'imageSizes',
  literalMidWordUnderscores: 'plainUnderscores',
  literalMidWordAsterisks: 'plainAsterisks',
  disableForced4SpacesIndentedSublists: 'shortIndents',
  smartIndentationFix: 'fixIndents',
  splitAdjacentBlockquotes: 'separateQuotes',
  ghMentions: 'mentions',
  ghMentionsLink: 'mentionsLink',
  encodeEmails: 'hideEmails',
  excludeTrailingPunctuationFromURLs: 'trimUrls',
  backslashEscapesHTMLTags: 'escapeTags',
  ghCodeBlocks: 'codeFences',
};
/** On here, off there unless stated. */
export const OFF_THERE: Record<string, string> = {
  tables: 'tables',
  strikethrough: 'strikethrough',
  tasklists: 'taskLists',
  simplifiedAutoLink: 'autoLinks',
};
export const TO_MARKDOWN: Record<string, string> = {
  blockElements: 'blocks',
  bulletMarker: 'bullet',
  strongDelimiter: 'strong',
  emDelimiter: 'emphasis',
  codeFence: 'fence',
  maxConsecutiveNewlines: 'maxLineBreaks',
  useLinkReferenceDefinitions: 'linksAtEnd',
  keepDataImages: 'dataImages',
};
