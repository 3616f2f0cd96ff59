/** A template that does not parse. `offset` counts UTF-16 units from the start of the template. */
export class ExpressionSyntaxError extends Error {
  readonly offset: number;
  /** More text after it would not help. */
  readonly isFinal: boolean;
  constructor(message: string, offset: number, { isFinal = false }: { isFinal?: boolean } = {}) {
    super(message);
    this.name = 'ExpressionSyntaxError';
    this.offset = offset;
    this.isFinal = isFinal;
  }
}

/**
 * A failure that fails the node: missing node, no paired item, misuse of a function. Every other error inside an
 * expression gives `undefined`. The expression itself may catch it with try/catch.
 */
export class ExpressionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpressionError';
  }
}

/** Security and budget failures: no try/catch inside an expression sees them, so that a loop cannot go on. */
export class FatalExpressionError extends Error {
  readonly kind: 'config' | 'limit';
  constructor(kind: 'config' | 'limit', message: string) {
    super(message);
    this.name = 'FatalExpressionError';
    this.kind = kind;
  }
}

export const securityError = (name: string): FatalExpressionError =>
  new FatalExpressionError('config', `Cannot access "${name}" due to security concerns`);

export const limitError = (what: string): FatalExpressionError =>
  new FatalExpressionError('limit', `The expression ${what}`);

/** The host ran out of stack; V8 and JavaScriptCore say RangeError, SpiderMonkey InternalError. */
export const isStackOverflow = (thrown: unknown): boolean =>
  thrown instanceof Error && /call stack|too much recursion/i.test(thrown.message);
