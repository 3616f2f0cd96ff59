import { NodeError } from '#engine/errors.ts';

/** `1-3, 7, 9-` as page numbers of a document with `count` pages, in their order, each once. Throws NodeError(config). */
export function parsePages(text: string | undefined, count: number): number[] {
  const wanted = (text ?? '').trim();
  if (wanted === '') return Array.from({ length: count }, (_, i) => i + 1);
  const pages = new Set<number>();
  for (const part of wanted.split(',').slice(0, 1000)) {
    const match = /^\s*(\d{1,6})\s*(?:(-)\s*(\d{1,6})?)?\s*$/.exec(part);
    if (!match)
      throw new NodeError(
        'config',
        `“${part.trim().slice(0, 50)}” is no page or range of pages. Write 1-3, 7.`,
        {
          field: 'options.pages',
        },
      );
    const from = Math.max(1, Number(match[1]));
    const to = match[2] ? Math.min(count, Number(match[3] ?? count)) : from;
    for (let page = from; page <= to && page <= count; page++) pages.add(page);
  }
  return [...pages].sort((a, b) => a - b);
}
