import { ensureSyntaxTree, getIndentation } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { expect, test } from 'vitest';
import { python } from './python.ts';

/** Every coloured piece of a text, as `colour:piece`. */
function coloured(doc: string): string[] {
  const state = EditorState.create({ doc, extensions: python() });
  const pieces: string[] = [];
  ensureSyntaxTree(state, doc.length)?.iterate({
    enter: ({ name, from, to }) => {
      if (name !== 'Document') pieces.push(`${name}:${doc.slice(from, to)}`);
    },
  });
  return pieces;
}

test.each([
  ['def add(a):', ['keyword:def', 'variableName.definition:add', 'variableName:a']],
  ['x = 1.5 # one', ['variableName:x', 'number:1.5', 'comment:# one']],
  ['if None: pass', ['keyword:if', 'bool:None', 'keyword:pass']],
  ["f'a\\'b' + \"c\"", ["string:f'a\\'b'", 'string:"c"']],
  ['"""a\n# b"""\n1', ['string:"""a', 'string:# b"""', 'number:1']],
  ["'open\n1", ["string:'open", 'number:1']],
])('colours %j', (doc, expected) => expect(coloured(doc)).toEqual(expected));

test('a line after a colon belongs further in', () => {
  const doc = 'if x:\n\n  y = {1: 2}\n\n';
  const state = EditorState.create({ doc, extensions: python() });
  ensureSyntaxTree(state, doc.length);
  expect(getIndentation(state, 6)).toBe(2);
  expect(getIndentation(state, doc.length)).toBe(2);
});
