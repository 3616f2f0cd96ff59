import { ERROR_CODES, type ErrorCode } from '../errors.ts';
import type { Json } from './openapi-schemas.ts';

const MEANINGS = {
  BAD_REQUEST: ['The input is not valid; `detail` names the place.', 'nodes.0.type: Invalid input'],
  UNAUTHORIZED: ['There is no valid API key.', 'This API key is not valid.'],
  FORBIDDEN: [
    'The role or the scopes of the key are not enough.',
    'This API key lacks the scope “workflows:write”.',
  ],
  NOT_FOUND: ['It does not exist, or not for this key.', 'This workflow does not exist.'],
  CONFLICT: ['Its state does not allow this now.', 'Someone else saved this workflow meanwhile.'],
  UNPROCESSABLE_CONTENT: [
    'The `Idempotency-Key` was used for another call, or the content cannot be.',
    'This Idempotency-Key was used for another call.',
  ],
  TOO_MANY_REQUESTS: [
    'Over a rate limit; `Retry-After` says for how many seconds.',
    'Too many calls. Try again in 12 seconds.',
  ],
} as const satisfies Partial<Record<ErrorCode, readonly [string, string]>>;
export type DocumentedCode = keyof typeof MEANINGS;

/** The refusals that all endpoints share, under the names of their codes. */
export const problemResponses = (): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(MEANINGS).map(([code, [description, detail]]) => {
      const { status } = ERROR_CODES[code as DocumentedCode];
      const example = { type: 'about:blank', title: code, status, detail };
      return [
        code,
        {
          description,
          ...(code === 'TOO_MANY_REQUESTS'
            ? { headers: { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } } }
            : {}),
          content: {
            'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example },
          },
        },
      ];
    }),
  );

/** `{400: …}` for these codes. */
export const refusals = (codes: readonly DocumentedCode[]): Json =>
  Object.fromEntries(
    codes.map((code) => [ERROR_CODES[code].status, { $ref: `#/components/responses/${code}` }]),
  );

export const PROBLEM_SCHEMA: Json = {
  type: 'object',
  description:
    'RFC 9457. What else there is to know stands beside: `errors` with their paths, `issues` of a workflow.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
  },
  required: ['type', 'title', 'status', 'detail'],
};
