import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asExpression, toN8nSyntax, toTemplate } from './n8n-syntax.ts';
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

describe('toN8nSyntax', () => {
  it.each([
    ['{{ $json.age }}', '={{ $json.age }}'],
    ['age {{ $json.age }}!', '=age {{ $json.age }}!'],
    ['plain', 'plain'],
    ['', ''],
    ['=plain', '==plain'],
    ['a \\{{ b', 'a {{ b'],
    ['a \\{{ b {{ 1 }}', '=a \\{{ b {{ 1 }}'],
    ['{\\{{{{ 1 }}', "=\\{{{{ '{' }}{{ 1 }}"],
    ['open {{ 1', 'open {{ 1'],
    ['C:\\dir\\\\{{ 1 }}', '=C:\\dir\\\\{{ 1 }}'],
    ['{{ { a: { b: 1 }} }}', '={{ { a: { b: 1 }} }}'],
  ])('writes %j as %j', (template, expected) => {
    expect(toN8nSyntax(template)).toBe(expected);
    expect(render(expected)).toEqual(compileTemplate(template).render(testScope(), 0));
  });

  it('goes through objects and arrays and leaves other values', () => {
    expect(toN8nSyntax({ a: ['x{{ 1 }}', 2, null] })).toEqual({ a: ['=x{{ 1 }}', 2, null] });
  });

  it('makes an expression of any text where one is asked for', () => {
    expect(asExpression('a \\{{ b')).toBe('=a \\{{ b');
    expect(asExpression('plain')).toBe('=plain');
  });

  const pieces = fc.string({ unit: fc.constantFrom('{{', '}}', '\\', '{', '=', 'a', ' ', '{{ 1 }}') });
  it('keeps the meaning of every template', () => {
    fc.assert(
      fc.property(pieces, (template) => {
        const meaning = (source: string) => {
          try {
            return compileTemplate(source).render(testScope(), 0);
          } catch {
            return 'fails';
          }
        };
        expect(meaning(toTemplate(toN8nSyntax(template)) as string)).toEqual(meaning(template));
      }),
    );
  });

  it('leads back to what came from n8n', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        fc.pre(!text.includes('\\\\}}')); // ends a block there and none here: there is no such code anyway
        const ours = toTemplate(text);
        expect(toTemplate(toN8nSyntax(ours))).toBe(ours);
      }),
    );
  });
});
