import { type Block, compileBlock } from './block.ts';
import { withSharedBudget } from './budget.ts';
import { ExpressionSyntaxError } from './failures.ts';
import { Lru } from './lru.ts';
import type { ExpressionScope } from './scope.ts';
import { type Part, splitTemplate } from './split.ts';

export interface CompiledTemplate {
  /** No block inside: `render` gives the same text each time. */
  readonly isStatic: boolean;
  /**
   * The value for one item. A template that is exactly one block keeps the value's type; otherwise text.
   * Throws NodeError: config (missing node, no paired item, misuse, security) or limit (steps, memory).
   */
  render(scope: ExpressionScope, itemIndex: number): unknown;
}

type Piece = string | Block;
type Rendering = (scope: ExpressionScope, itemIndex: number, nesting: number) => unknown;
export interface CompiledSource extends CompiledTemplate {
  readonly renderNested: Rendering;
}

const cache = new Lru<CompiledSource>(5000);

/** Compiles a template once per source text. Throws ExpressionSyntaxError with the offset in the template. */
export function compileSource(source: string): CompiledSource {
  const known = cache.get(source);
  if (known) return known;
  const entry = compile(source);
  cache.set(source, entry);
  return entry;
}

function compile(source: string): CompiledSource {
  const pieces = compilePieces(source);
  const isStatic = pieces.every((piece) => typeof piece === 'string');
  const renderNested = isStatic ? fixed(pieces.join('')) : rendering(pieces);
  return {
    isStatic,
    renderNested,
    render: isStatic
      ? (scope, itemIndex) => renderNested(scope, itemIndex, 0)
      : (scope, itemIndex) => withSharedBudget(renderNested, scope, itemIndex, 0),
  };
}

const fixed =
  (text: string): Rendering =>
  () =>
    text;

function rendering(pieces: Piece[]): Rendering {
  const [only] = pieces;
  if (pieces.length === 1 && typeof only === 'object') {
    return (scope, itemIndex, nesting) => only.value(scope, itemIndex, nesting);
  }
  const join: Rendering = (scope, itemIndex, nesting) => {
    let text = '';
    for (const piece of pieces)
      text += typeof piece === 'string' ? piece : piece.text(scope, itemIndex, nesting);
    return text;
  };
  const blocks = pieces.filter((piece) => typeof piece === 'object');
  if (blocks.length < 2) return join;
  return (scope, itemIndex, nesting) => withSharedBudget(join, scope, itemIndex, nesting);
}

function compilePieces(source: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  while (from <= source.length) {
    const parts = splitTemplate(source.slice(from));
    const longer = addPieces(parts, source, from, pieces);
    if (longer === undefined) break;
    from = longer;
  }
  return pieces;
}

/** Adds pieces up to a block that needs a later `}}` than its first; then gives where the text goes on after it. */
function addPieces(parts: Part[], source: string, from: number, pieces: Piece[]): number | undefined {
  for (const part of parts) {
    if (part.kind === 'text') {
      pieces.push(part.text);
      continue;
    }
    const offset = from + part.offset;
    try {
      pieces.push(compileBlock(part.source));
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      const closings = error.isFinal ? [] : part.closings.map((close) => close + from);
      const end = tryLonger(closings, source, offset, pieces);
      if (end === undefined) throw new ExpressionSyntaxError(error.message, offset + error.offset);
      return end;
    }
  }
  return undefined;
}

/** `{{ {a: {b: 1}} }}`, `{{ $json.text.replace('{{name}}', 'Ada') }}`: the first `}}` belongs to the code. */
function tryLonger(closings: number[], source: string, offset: number, pieces: Piece[]): number | undefined {
  for (const close of closings) {
    try {
      pieces.push(compileBlock(source.slice(offset, close)));
      return close + 2;
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      if (error.isFinal) break;
    }
  }
  return undefined;
}
