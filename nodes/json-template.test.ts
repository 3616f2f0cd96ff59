import { expect, test } from 'vitest';
import { setNode } from './set/execute.ts';
import { jsonOf, runNode } from './testing.ts';

/** Blocks stand for these values, as if the engine had evaluated them. */
const VALUES: Record<string, unknown> = {
  text: 'plain',
  quote: 'say "hi"\nnow',
  object: { a: [1] },
  nothing: undefined,
  n: 5,
};
const run = (json: string) =>
  runNode(setNode, {
    parameters: { mode: 'json', includeOther: 'none', json },
    evaluate: (template) => VALUES[template.replace(/[{} ]/g, '')],
  });

test.each([
  ['{"a": "{{ text }}"}', { a: 'plain' }],
  ['{"a": {{ object }}, "n": {{ n }}}', { a: { a: [1] }, n: 5 }],
  ['{"a": {{ nothing }}, "b": "{{ nothing }}"}', { a: null, b: '' }],
  ['{"a": "{{ quote }}"}', { a: 'say "hi"\nnow' }],
  ['{"a": "\\{{ text }}", "b": "{{ text }}"}', { a: '{{ text }}', b: 'plain' }],
])('%s', async (json, expected) => expect(jsonOf(await run(json))).toEqual([expected]));
