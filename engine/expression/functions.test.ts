import { describe, expect, it } from 'vitest';
import { EXTENSIONS } from './extensions/lookup.ts';
import { DOCUMENTED_TYPES, FUNCTIONS } from './functions.ts';
import { helperGlobals } from './natives/language-functions.ts';
import { plainValue } from './plain-value.ts';
import { compileTemplate } from './template.ts';
import { testScope } from './test-scope.ts';
import { VARIABLES } from './variables/table.ts';

/** Spellings and stand-ins that are understood but not offered. */
const UNLISTED = new Set(['$', '$fromAi', '$fromai', '$tool', '$evaluateExpression']);

describe('the table of functions', () => {
  it.each(FUNCTIONS.map((entry) => [`${entry.on}: ${entry.example}`, entry] as const))(
    'gives the stated result for %s',
    (_name, entry) => {
      const value = plainValue(compileTemplate(`{{ ${entry.example} }}`).render(testScope(), 0));
      expect(value).toEqual(entry.result);
    },
  );

  it.each(Object.keys(EXTENSIONS) as (keyof typeof EXTENSIONS)[])(
    'lists exactly the methods of type %s',
    (type) => {
      const listed = FUNCTIONS.filter(({ on }) => on === type).map(({ name }) => name);
      expect(listed.toSorted()).toEqual(Object.keys(EXTENSIONS[type]).toSorted());
    },
  );

  it('lists every variable and function of the language', () => {
    const listed = new Set(FUNCTIONS.filter(({ on }) => on === 'global').map(({ name }) => name));
    const known = [...Object.keys(VARIABLES), ...Object.keys(helperGlobals)].filter(
      (name) => !UNLISTED.has(name),
    );
    expect(known.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('has one entry for a name and type, with a sentence as summary', () => {
    const keys = FUNCTIONS.map(({ on, name }) => `${on}.${name}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { summary, on } of FUNCTIONS) {
      expect(summary).toMatch(/^[A-Z0-9].*[.?…]$|^`/);
      expect(DOCUMENTED_TYPES).toContain(on);
    }
  });
});
