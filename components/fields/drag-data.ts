/** What a field carries while it is dragged out of a data panel: an expression without its braces. */
export const EXPRESSION_MIME = 'application/x-linkflow-expression';

/** `customer.email`, `items[0]["unit price"]`: a path as it is written behind `$json`. */
export function pathText(path: readonly (string | number)[]): string {
  return path
    .map((key) =>
      typeof key === 'number'
        ? `[${key}]`
        : /^[A-Za-z_$][\w$]*$/.test(key)
          ? `.${key}`
          : `[${JSON.stringify(key)}]`,
    )
    .join('');
}

export const jsonExpression = (path: readonly (string | number)[]): string => `$json${pathText(path)}`;
