import { setNestedRenderer } from './nested.ts';
import { type CompiledTemplate, compileSource } from './source.ts';
import { compileValue } from './value-template.ts';

export { ExpressionSyntaxError } from './failures.ts';
export type { CompiledTemplate } from './source.ts';
export { type CompiledValue, compileValue, templateIssues, type ValueOptions } from './value-template.ts';

/**
 * Compiles one template, once per source text. Throws ExpressionSyntaxError {message, offset}.
 * `render` gives raw values: a date stays a luxon DateTime (compileValue gives JSON).
 */
export function compileTemplate(source: string): CompiledTemplate {
  return compileSource(source);
}

setNestedRenderer((value, ctx) =>
  compileValue(value).renderNested(ctx.scope, ctx.itemIndex, ctx.nesting + 1),
);
