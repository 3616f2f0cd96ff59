import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTemplate } from './n8n-syntax.ts';
import { compileTemplate } from './template.ts';
import { testScope } from './test-scope.ts';

const render = (value: unknown) => compileTemplate(toTemplate(value) as string).render(testScope(), 0);

describe('toTemplate', () => {
  it.each([
    ['={{ $json.age }}', 36],
    ['=age {{ $json.age }}', 'age 36'],
    ['=plain', 'plain'],
    ['=', ''],
    ['{{ $json.age }}', '{{ $json.age }}'],
    ['a \\{{ b', 'a \\{{ b'],
    ['=\\{{ not }} {{ 1 }}', '{{ not }} 1'],
    ['=C:\\\\dir\\\\{{ 1 }}', 'C:\\dir\\1'],
    ['=one \\ two {{ 1 }}', 'one \\ two 1'],
    ['=open {{ 1', 'open {{ 1'],
    ["={{ 'to {{you}}\\\\'.replace('{{you}}', $json.age) }}", 'to 36\\'],
    ['={{ { a: { b: 1 }} }}', { a: { b: 1 } }],
    ['=a {{ 1 }} }} b {{ 2 }}', 'a 1 }} b 2'],
  ])('keeps the meaning of %j', (source, expected) => {
    expect(render(source)).toEqual(expected);
  });

  it('goes through objects and arrays and leaves other values', () => {
    expect(toTemplate({ a: ['=x{{ 1 }}', 2, null], b: { c: '{{ literal }}' } })).toEqual({
      a: ['x{{ 1 }}', 2, null],
      b: { c: '\\{{ literal }}' },
    });
  });

  it('renders text that is no expression to itself, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{{', '}}', '\\', '{', 'a', ' ') }), (text) => {
        if (!text.startsWith('=')) expect(render(text)).toBe(text);
      }),
    );
  });
});
