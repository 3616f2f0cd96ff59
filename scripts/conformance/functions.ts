import { isObject } from './difference.ts';
import { expressions, judgeByMatcher } from './expressions.ts';
import type { Row } from './rows.ts';
import type { Measure } from './verdict.ts';

/** Functions of the original that an expression reaches; all others are its inside and mean nothing here. */
export const functions: Measure = {
  command: 'eval',
  line(row) {
    const asked = expressionOf(row);
    if (!asked) return 'a function inside of n8n that no expression reaches';
    return expressions.line({ ...row, ...asked });
  },
  judge: (row, answer) => judgeByMatcher({ ...row, ...expressionOf(row) }, answer),
};

/** The row as an expression; `post` is what remains to be done with its result. */
function expressionOf(row: Row): Partial<Row> | undefined {
  const args = Array.isArray(row.args) ? row.args : [];
  const [first, ...post] = (Array.isArray(row.post) ? row.post : []) as { call?: string; args?: unknown[] }[];
  if (row.fn === 'new ExpressionEvaluator' && first?.call === 'evaluate') {
    const [expr, data, , options] = first.args ?? [];
    if (typeof expr !== 'string' || JSON.stringify(data).includes('"$function"') || /fail\(\)/.test(expr))
      return undefined;
    const { $json, ...more } = isObject(data) ? data : {};
    const tz = isObject(options) ? options.timezone : undefined;
    return { expr: `=${expr}`, items: [$json ?? {}], data: more, tz: tz ?? row.tz, post };
  }
  if (row.fn === 'stringExtensions.functions' && first?.call === 'extractUrlPath')
    return { expr: '={{ text.extractUrlPath() }}', data: { text: first.args?.[0] }, post };
  if (row.fn === 'tryToParseDateTime' && typeof args[0] === 'string' && typeof args[1] === 'string')
    return {
      expr: '={{ text.toDateTime() }}',
      data: { text: args[0] },
      tz: args[1],
      post: row.post as unknown[],
    };
  return undefined;
}
