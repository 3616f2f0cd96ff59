import { z } from 'zod';
import type { KnownCredential } from '#nodes/credential-types/memory-door.ts';
import { findCredentialType } from '#nodes/credential-types/registry.ts';

const schema = z.record(
  z.string(),
  z.object({
    type: z.string().refine((type) => findCredentialType(type) !== undefined, 'is no kind of credential'),
    data: z.record(z.string(), z.unknown()),
  }),
);

/** Credentials in clear by id: `{"<id>": {"type": "bearer", "data": {"token": "…"}}}`. Throws an Error that quotes none of them. */
export function readCredentials(text: string): Record<string, KnownCredential> {
  const parsed = schema.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`The file of credentials is not right: ${issue?.path.join('.')}: ${issue?.message}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The file of credentials is not JSON.'); // the reason would quote it
  }
}
