export const DOCUMENTED_TYPES = ['global', 'string', 'number', 'boolean', 'array', 'object', 'date'] as const;
export type DocumentedType = (typeof DOCUMENTED_TYPES)[number];

export interface DocumentedFunction {
  name: string;
  /** Type of the value it is called on; `global` for variables and functions. */
  on: DocumentedType;
  /** With parameter names; without parentheses for a variable. */
  signature: string;
  /** One sentence. */
  summary: string;
  /** The code inside `{{ }}`, evaluated with EXAMPLE_JSON as `$json`, at 2024-05-15T12:00:00Z in UTC. */
  example: string;
  /** What the example gives, as JSON. */
  result: unknown;
}

/** `$json` of the examples. */
export const EXAMPLE_JSON = { name: 'Ada', email: 'ada@example.com', age: 36, tags: ['new', 'vip'] };

type Row = readonly [signature: string, summary: string, example: string, result: unknown];

/** Rows of one type; the name is what stands before the parenthesis. */
export const documented = (on: DocumentedType, rows: readonly Row[]): DocumentedFunction[] =>
  rows.map(([signature, summary, example, result]) => ({
    name: signature.replace(/[(.].*$/, ''),
    on,
    signature,
    summary,
    example,
    result,
  }));
