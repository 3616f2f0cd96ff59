/** Text without HTML tags. A scan, not a pattern: linear for every input. */
export function removeTags(text: string): string {
  let result = '';
  let from = 0;
  let open = text.indexOf('<');
  while (open >= 0) {
    const close = text.indexOf('>', open);
    if (close < 0) break;
    result += text.slice(from, open);
    from = close + 1;
    open = text.indexOf('<', from);
  }
  return result + text.slice(from);
}

/** Text without Markdown's signs: headings, quotes, rules, lists, emphasis, code, links keep their words. */
export function removeMarkdown(text: string): string {
  return text
    .split('\n')
    .filter((line) => !isRule(line))
    .map(plainLine)
    .join('\n')
    .trim();
}

const isRule = (line: string): boolean => {
  const marks = line.replaceAll(' ', '').trim();
  return /^(?:-{3,}|\*{3,}|_{3,}|`{3,}\w*|~{3,}|={3,})$/.test(marks);
};

function plainLine(line: string): string {
  const block = line
    .replace(/^[ \t]{0,20}>[ \t]?/, '')
    .replace(/^([ \t]{0,20})(?:[*+-]|\d{1,9}\.)[ \t]/, '$1')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]/, '')
    .replace(/[ \t]#{1,6}[ \t]?$/, '');
  return removeTags(links(block))
    .replace(/(\*\*|__|~~)(?=\S)([^*_~\n]{1,2000})\1/g, '$2')
    .replace(/([*_])(?=\S)([^*_\n]{1,2000})\1/g, '$2')
    .replace(/`([^`\n]{1,2000})`/g, '$1');
}

/** `[words](address)` as its words; an image has none to keep. */
const links = (line: string): string =>
  line.replace(
    /(!?)\[([^[\]\n]{0,1000})\](?:\([^()\n]{0,2000}\)|\[[^[\]\n]{0,200}\])/g,
    (_whole, image: string, words: string) => (image === '' ? words : ''),
  );
