import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from '../budget.ts';
import { compileProgram } from './program.ts';

/** [start, end] of the whole match and of every group, as this engine and the host's find them. */
const ours = (source: string, flags: string, text: string) => {
  const found = compileProgram(source, flags).find(new Budget(), text, 0);
  return found?.groups.map((span) => (span ? text.slice(span[0], span[1]) : undefined)) ?? null;
};
const hosts = (source: string, flags: string, text: string) => {
  const found = new RegExp(source, flags).exec(text);
  return found && [...found];
};

const CASES: [pattern: string, flags: string, text: string][] = [
  ['a(b)?c', '', 'xac'],
  ['(?<year>\\d{4})-(\\d\\d)', '', 'on 2024-05'],
  ['^b$', 'm', 'a\nb\nc'],
  ['a.c', 's', 'a\nc'],
  ['[A-Z]+', 'i', 'abC'],
  ['\\s+', '', 'a\u00a0\u2003b'],
  ['[^\\s,]+', '', ' \u00a0,x'],
  ['\\B(?=(\\d{3})+(?!\\d))', '', '1234567'],
  ['(?<=\\$)\\d+', '', 'cost $42'],
  ['(?<!a)b', '', 'ab b'],
  ['(\\w)\\1', '', 'hello'],
  ['(?<q>["\']).*?\\k<q>', '', 'say "it\'s" ok'],
  ['(?=.*\\d)(?=.*[a-z]).{4,}', '', 'abc1'],
  ['(a|ab)(?=c)', '', 'abc'],
  ['^(?!.*foo)[a-z]{2,3}?$', '', 'abc'],
  ['(?:x{2,}|[\\]y])(?=z)', '', 'axxxz'],
  ['(a*)*(?=b)', '', 'aab'],
  ['\\u0041(?=\\x42)', '', 'AB'],
  ['.(?=x)', 'u', '😀x'],
  ['\\bfoo(?=\\b)', '', 'a foo'],
];

describe('patterns', () => {
  it.each(CASES)('/%s/%s finds in %j what the host finds', (source, flags, text) => {
    expect(ours(source, flags, text)).toEqual(hosts(source, flags, text));
  });

  it('agree with the host for any text', () => {
    const sources = [
      '(?=(a+))b*',
      '(a|b)\\1',
      '(?<!a)b(?!c)',
      '(?<=ab?)c',
      '([abc]{1,2})(?=\\1)',
      'a?b+(?!a)',
      '(?:a|(b))(?=c)',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 }),
        (source, text) => {
          expect(ours(source, '', text)).toEqual(hosts(source, '', text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('walk long texts', () => {
    const text = 'ab '.repeat(20_000);
    expect(ours('^(?!.*foo).*$', '', text)).toEqual([text]);
    expect(ours('b+?(?=$)', '', 'b'.repeat(1000))?.[0]?.length).toBe(1000);
  });

  it('never hang: RE2 is linear, and lookaround has a budget', () => {
    expect(ours('^(a+)+$', '', `${'a'.repeat(2000)}b`)).toBeNull();
    expect(() => ours('^(a+)+(?=c)$', '', 'a'.repeat(40))).toThrow('too many steps');
  });

  it('say what is wrong', () => {
    expect(() => compileProgram('(', '')).toThrow('regular expression');
    expect(() => compileProgram('(?=', '')).toThrow('regular expression');
  });
});
