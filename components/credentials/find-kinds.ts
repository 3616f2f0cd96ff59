import type { CredentialType } from '#nodes/credential-types/define.ts';

/** Kinds in which every word of the text stands, those first whose name has them. Without words: all, as they stand. */
export function findKinds(kinds: readonly CredentialType[], text: string): readonly CredentialType[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (haystack: string) => words.every((word) => haystack.toLowerCase().includes(word));
  const found = kinds.filter(({ name, description, search }) =>
    has([name, description, ...search].join(' ')),
  );
  const byName = (kind: CredentialType) => Number(!has(kind.name));
  return found.toSorted((a, b) => byName(a) - byName(b));
}
