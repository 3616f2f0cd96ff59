import type { Extension } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

const block = Decoration.mark({ class: 'cm-template' });
const brace = Decoration.mark({ class: 'cm-template-mark' });
const name = Decoration.mark({ class: 'cm-template-name' });
const text = Decoration.mark({ class: 'cm-template-text' });

export interface Span {
  from: number;
  to: number;
}

/** Where `{{ … }}` blocks lie in a text; an open one reaches to the end. `\{{` is literal. */
export function templateBlocks(source: string): Span[] {
  const blocks: Span[] = [];
  for (let at = 0; at < source.length; ) {
    const from = source.indexOf('{{', at);
    if (from < 0) break;
    if (source[from - 1] === '\\') {
      at = from + 2;
      continue;
    }
    const to = endOfBlock(source, from + 2);
    blocks.push({ from, to });
    at = to;
  }
  return blocks;
}

/** Past the `}}` that closes the block; braces inside quotes do not count. */
function endOfBlock(source: string, start: number): number {
  let quote = '';
  for (let i = start; i < source.length; i++) {
    const char = source[i];
    if (quote) {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'" || char === '`') quote = char;
    else if (char === '}' && source[i + 1] === '}') {
      // `{{ {a: {}} }}`: the last pair of a run of braces closes
      let end = i + 2;
      while (source[end] === '}') end++;
      return end;
    }
  }
  return source.length;
}

export const isInTemplate = (source: string, position: number): boolean =>
  templateBlocks(source).some((b) => position >= b.from + 2 && (position <= b.to - 2 || !closes(source, b)));

const closes = (source: string, span: Span) => source.slice(span.from, span.to).endsWith('}}');

const TOKEN = /("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)|(\$[A-Za-z]*)/g;

function decorate(view: EditorView): DecorationSet {
  const source = view.state.doc.toString();
  const ranges = templateBlocks(source).flatMap((b) => {
    const closed = closes(source, b);
    const inner = source.slice(b.from + 2, closed ? b.to - 2 : b.to);
    const tokens = [...inner.matchAll(TOKEN)].map((m) => {
      const from = b.from + 2 + m.index;
      return (m[1] ? text : name).range(from, from + m[0].length);
    });
    return [
      block.range(b.from, b.to),
      brace.range(b.from, b.from + 2),
      ...tokens.filter((t) => t.from < t.to),
      ...(closed ? [brace.range(b.to - 2, b.to)] : []),
    ];
  });
  return Decoration.set(ranges, true);
}

/** Marks `{{ }}` blocks, with names and texts inside them, in any kind of document. */
export const templateMarks: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Typing the second `{` of `{{` closes the block at once, with the cursor in the middle. */
export const closeTemplate: Extension = EditorView.inputHandler.of((view, from, to, typed) => {
  const before = view.state.sliceDoc(Math.max(0, from - 2), from);
  if (
    typed !== '{' ||
    !before.endsWith('{') ||
    before === '\\{' ||
    isInTemplate(view.state.doc.toString(), from)
  ) {
    return false;
  }
  const after = view.state.sliceDoc(to, to + 1);
  // another extension may have closed the first brace already
  const swallow = after === '}' ? 1 : 0;
  view.dispatch({
    changes: { from, to: to + swallow, insert: '{  }}' },
    selection: { anchor: from + 2 },
    userEvent: 'input.type',
  });
  return true;
});
