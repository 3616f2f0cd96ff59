import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES, type ApiScope } from '#server/api-keys/schema.ts';
import { handleRest } from '#server/rest/handler.ts';
import type { Person } from './people.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}
export type Call = <T = Record<string, never>>(
  method: string,
  path: string,
  body?: object,
  headers?: Record<string, string>,
) => Promise<Answer<T>>;

/** The REST API as somebody with a key of theirs calls it. */
export async function restOf(person: Person, scopes: readonly ApiScope[] = API_SCOPES): Promise<Call> {
  const { key } = await createApiKey(person.scope, { name: 'k', scopes });
  return restWith(key);
}

/** With this key, or without one. */
export const restWith =
  (key?: string): Call =>
  async <T>(method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await handleRest(
      new Request(`http://localhost/api/v1${path}`, {
        method,
        headers: {
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          'content-type': 'application/json',
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  };
