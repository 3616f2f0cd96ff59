import type { ReactNode } from 'react';

/** The little Markdown that notes and chats need: headings, lists, bold, italic, code and links. Never HTML. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="space-y-1.5 text-[13px] leading-5">
      {blocksOf(text).map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no identity but their place
        <Block key={i} block={block} />
      ))}
    </div>
  );
}

type BlockData =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'text'; text: string };

function blocksOf(text: string): BlockData[] {
  const blocks: BlockData[] = [];
  for (const line of text.split('\n')) {
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    const item = /^\s*[-*]\s+(.*)$/.exec(line) ?? /^\s*\d+[.)]\s+(.*)$/.exec(line);
    const last = blocks.at(-1);
    if (heading) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else if (item && last?.kind === 'list') last.items.push(item[1] ?? '');
    else if (item) blocks.push({ kind: 'list', items: [item[1] ?? ''] });
    else if (line.trim()) blocks.push({ kind: 'text', text: line });
  }
  return blocks;
}

function Block({ block }: { block: BlockData }) {
  if (block.kind === 'heading') {
    return (
      <p className={block.level === 1 ? 'font-semibold text-base' : 'font-semibold'}>
        <Inline text={block.text} />
      </p>
    );
  }
  if (block.kind === 'list') {
    return (
      <ul className="list-disc space-y-0.5 pl-4">
        {block.items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
          <li key={i}>
            <Inline text={item} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <p>
      <Inline text={block.text} />
    </p>
  );
}

const INLINE = /(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`|\[[^\]]+\]\(https?:\/\/[^)\s]+\))/;

function Inline({ text }: { text: string }): ReactNode {
  return text.split(INLINE).map((part, i) => {
    const key = `${i}:${part}`;
    if (/^\*\*[^*]+\*\*$/.test(part)) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (/^`[^`]+`$/.test(part)) {
      return (
        <code key={key} className="rounded bg-foreground/8 px-1 font-mono text-[12px]">
          {part.slice(1, -1)}
        </code>
      );
    }
    const link = /^\[([^\]]+)\]\((.+)\)$/.exec(part);
    if (link) {
      return (
        <a key={key} href={link[2]} target="_blank" rel="noreferrer noopener" className="nodrag underline">
          {link[1]}
        </a>
      );
    }
    return /^\*[^*]+\*$/.test(part) ? <em key={key}>{part.slice(1, -1)}</em> : part;
  });
}
