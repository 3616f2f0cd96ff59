import { updateCredentialSchema } from '#server/credentials/schema.ts';

const schema = updateCredentialSchema.shape.allowedHosts.unwrap().element;

/** What somebody typed or pasted as hosts: whole addresses become their host, what is none is told. */
export function readHosts(text: string): { hosts: string[]; wrong: string[] } {
  const hosts: string[] = [];
  const wrong: string[] = [];
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const address = /^https?:\/\//i.test(part) ? URL.parse(part)?.host : undefined;
    const parsed = schema.safeParse(address ?? part);
    if (parsed.success) hosts.push(parsed.data);
    else wrong.push(part);
  }
  return { hosts, wrong };
}
