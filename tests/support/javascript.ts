import { plainValue } from '#engine/expression/plain-value.ts';
import { compileTemplate } from '#engine/expression/template.ts';
import { testScope } from '#engine/expression/test-scope.ts';

process.env.TZ = 'UTC'; // where the language's local time always is

/** For tests: what an expression gives here. */
export const ours = (source: string): unknown =>
  plainValue(compileTemplate(`{{ ${source} }}`).render(testScope({}, { now: Date.now() }), 0));

/** For tests: what the same text gives in Node. */
export const theirs = (source: string): unknown => plainValue(new Function(`return (${source})`)());

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
