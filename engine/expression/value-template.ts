import { NodeError } from '../errors.ts';
import { withSharedBudget } from './budget.ts';
import { ExpressionSyntaxError, isStackOverflow } from './failures.ts';
import { plainValue } from './plain-value.ts';
import type { ExpressionScope } from './scope.ts';
import { compileSource } from './source.ts';
import { isPlainObject } from './values.ts';

export interface ValueOptions {
  /** Top-level keys whose values are left as they are. */
  literalKeys?: ReadonlySet<string>;
}

export interface CompiledValue {
  /** Holds no template: `render` gives the very same value each time. */
  readonly isStatic: boolean;
  /**
   * The value with its templates rendered for one item, as JSON: dates become ISO text. Throws NodeError with the
   * path of the field: config (also for templates that do not parse) or limit.
   */
  render(scope: ExpressionScope, itemIndex: number): unknown;
}

type Rendering = (scope: ExpressionScope, itemIndex: number, nesting: number) => unknown;
interface Compiled extends CompiledValue {
  renderNested: Rendering;
}

/** Compiles every template inside a JSON value. Never throws: a template that does not parse throws on render. */
export function compileValue(value: unknown, options: ValueOptions = {}): Compiled {
  const rendering = compileDeep(value, '', options.literalKeys);
  if (rendering === undefined) {
    const same = () => value;
    return { isStatic: true, render: same, renderNested: same };
  }
  return {
    isStatic: false,
    renderNested: rendering,
    render: (scope, itemIndex) => withSharedBudget(rendering, scope, itemIndex, 0),
  };
}

/** undefined: nothing in it to render. */
function compileDeep(value: unknown, path: string, literalKeys?: ReadonlySet<string>): Rendering | undefined {
  if (typeof value === 'string') return compileText(value, path);
  if (Array.isArray(value)) return compileElements(value, path);
  if (isPlainObject(value)) return compileFields(value, path, literalKeys);
  return undefined;
}

function compileText(text: string, path: string): Rendering | undefined {
  if (!text.includes('{{')) return undefined;
  const field = path === '' ? undefined : path;
  let render: Rendering;
  try {
    render = compileSource(text).renderNested;
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return (_scope, itemIndex) => {
      throw new NodeError('config', error.message, { field, itemIndex });
    };
  }
  return (scope, itemIndex, nesting) => {
    try {
      return plainValue(render(scope, itemIndex, nesting));
    } catch (error) {
      if (error instanceof NodeError && error.data.field === undefined) {
        throw new NodeError(error.data.kind, error.data.message, { ...error.data, field });
      }
      if (isStackOverflow(error))
        throw new NodeError('limit', 'The value is nested too deeply', { field, itemIndex });
      throw error;
    }
  };
}

function compileElements(value: readonly unknown[], path: string): Rendering | undefined {
  const parts = value.map((element, index) => compileDeep(element, join(path, String(index))));
  if (parts.every((part) => part === undefined)) return undefined;
  return (scope, itemIndex, nesting) =>
    value.map((element, index) => {
      const part = parts[index];
      return part === undefined ? element : part(scope, itemIndex, nesting);
    });
}

function compileFields(
  value: Record<string, unknown>,
  path: string,
  literalKeys?: ReadonlySet<string>,
): Rendering | undefined {
  const parts = Object.entries(value).flatMap(([key, field]) => {
    const part = literalKeys?.has(key) ? undefined : compileDeep(field, join(path, key));
    return part === undefined ? [] : [{ key, part }];
  });
  if (parts.length === 0) return undefined;
  return (scope, itemIndex, nesting) => {
    const rendered = { ...value };
    for (const { key, part } of parts) rendered[key] = part(scope, itemIndex, nesting);
    return rendered;
  };
}

/** Every template of a value that does not parse, with the path of its field and the offset inside it. */
export function templateIssues(
  value: unknown,
  options: ValueOptions = {},
): { field: string; message: string; offset: number }[] {
  return issuesOf(value, '', options.literalKeys);
}

function issuesOf(
  value: unknown,
  path: string,
  literalKeys?: ReadonlySet<string>,
): { field: string; message: string; offset: number }[] {
  if (typeof value === 'string' && value.includes('{{')) {
    try {
      compileSource(value);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      return [{ field: path, message: error.message, offset: error.offset }];
    }
  }
  if (Array.isArray(value))
    return value.flatMap((element, index) => issuesOf(element, join(path, String(index))));
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    literalKeys?.has(key) ? [] : issuesOf(field, join(path, key)),
  );
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
