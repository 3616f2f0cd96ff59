import { errorMessage } from '#components/trpc/errors.ts';

export interface FieldProblem {
  /** `name`, `data.token`, `allowedHosts`, `members`, `expiresAt`, `url`; null: of the whole form. */
  field: string | null;
  message: string;
}

const NAMED = /^(data\.\w+|name|allowedHosts|members|expiresAt|url)(?:\.[\w.]+)?: ([\s\S]+)$/;

/** Where the server's complaint belongs: it puts the field before its message. */
export function fieldProblem(error: unknown): FieldProblem {
  const message = errorMessage(error);
  const [, field = null, text = message] = NAMED.exec(message) ?? [];
  return { field, message: text };
}
