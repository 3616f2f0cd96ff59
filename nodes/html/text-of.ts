import type { MarkupNode } from './parse-html.ts';

const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'head']);
/** Line breaks before and after: 1 begins a line, 2 leaves a blank line. */
const BREAKS = new Map<string, number>([
  ...['address', 'article', 'aside', 'body', 'dd', 'div', 'dt', 'fieldset', 'figcaption', 'figure'].map(one),
  ...['footer', 'form', 'header', 'hr', 'html', 'li', 'main', 'nav', 'option', 'section', 'tr'].map(one),
  ...['blockquote', 'dl', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ol', 'p', 'pre', 'table', 'ul'].map(two),
]);
function one(name: string): [string, number] {
  return [name, 1];
}
function two(name: string): [string, number] {
  return [name, 2];
}

/**
 * The text of elements as a person would read it: blocks on lines of their own, white space as browsers show it. Marked:
 * headings in capitals, `link [address]`, list items with a bullet.
 */
export function textOf(nodes: readonly MarkupNode[], marked: boolean): string {
  const lines = new Lines();
  for (const node of nodes) {
    lines.breakLine(1);
    visit(node, lines, marked, false);
  }
  return lines.text;
}

function visit(node: MarkupNode, lines: Lines, marked: boolean, capitals: boolean): void {
  if (node.type === 'text') {
    lines.add(capitals ? (node.data ?? '').toUpperCase() : (node.data ?? ''));
    return;
  }
  const name = node.name ?? '';
  if (HIDDEN.has(name)) return;
  if (name === 'br') lines.endLine();
  if (name === 'td' || name === 'th') lines.add(' ');
  const breaks = BREAKS.get(name) ?? 0;
  lines.breakLine(breaks);
  if (marked && name === 'li') lines.add(' * ', true);
  if (marked && name === 'img') lines.add(imageOf(node));
  const inCapitals = capitals || (marked && /^h[1-6]$/.test(name));
  if (name === 'pre') for (const child of node.children ?? []) lines.verbatim(rawText(child));
  else for (const child of node.children ?? []) visit(child, lines, marked, inCapitals);
  const href = node.attribs?.href ?? '';
  if (marked && name === 'a' && href !== '' && !href.startsWith('#')) lines.add(` [${href}]`);
  lines.breakLine(breaks);
}

function imageOf({ attribs = {} }: MarkupNode): string {
  const address = attribs.src ? `[${attribs.src}]` : '';
  return [attribs.alt ?? '', address].filter((part) => part !== '').join(' ');
}

const rawText = (node: MarkupNode): string =>
  node.type === 'text' ? (node.data ?? '') : (node.children ?? []).map(rawText).join('');

/** Text that grows line by line; blanks and breaks are only written once something follows them. */
class Lines {
  text = '';
  private breaks = 0;
  private blank = false;

  add(raw: string, asIs = false): void {
    const text = asIs ? raw : raw.replace(/[ \t\r\n\f]+/g, ' ');
    if (text === '' || text === ' ') {
      this.blank ||= text === ' ';
      return;
    }
    const wantsBlank = this.blank || text.startsWith(' ');
    const begins = this.text === '' || this.breaks > 0 || this.text.endsWith('\n');
    this.flush();
    if (asIs) this.text += text;
    else this.text += (wantsBlank && !begins && !this.text.endsWith(' ') ? ' ' : '') + text.trim();
    this.blank = !asIs && text.endsWith(' ');
  }

  verbatim(text: string): void {
    if (text === '') return;
    this.flush();
    this.text += text;
  }

  breakLine(count: number): void {
    if (count > 0 && this.text !== '') this.breaks = Math.max(this.breaks, count);
  }

  /** `<br>`: a break of its own, so that two of them leave a blank line. */
  endLine(): void {
    if (this.text !== '') this.breaks++;
  }

  private flush(): void {
    this.text += '\n'.repeat(this.breaks);
    this.breaks = 0;
    this.blank = false;
  }
}
