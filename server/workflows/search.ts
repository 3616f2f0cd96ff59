import type { Workflow } from '#engine/workflow.ts';
import { latestDefinition } from '#nodes/definitions.ts';

/** PostgreSQL keeps at most a megabyte of a text's words; nobody searches for what stands behind that. */
const MAX_LENGTH = 200_000;
const MAX_WORDS = 12;

/** What a search finds a workflow by: names, kinds and notes of its nodes, and the texts of their fields, but no secrets. */
export function searchTextOf({ name, nodes }: Workflow): string {
  const parts: string[] = [name];
  for (const node of nodes) {
    parts.push(node.name, node.type, latestDefinition(node.type)?.name ?? '', node.notes);
    collect(node.parameters, parts);
  }
  return parts
    .join(' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ') // else a host or a path would be one word
    .slice(0, MAX_LENGTH);
}

/** What nobody may find by guessing it. */
const SECRET = /password|secret|token|privatekey|apikey/i;

function collect(value: unknown, parts: string[]): void {
  if (typeof value === 'string') parts.push(value);
  else if (Array.isArray(value)) for (const one of value) collect(one, parts);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) if (!SECRET.test(key)) collect(one, parts);
}

/** A tsquery in which every word of the text must begin some word; null for a text without any. */
export function toPrefixQuery(text: string): string | null {
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MAX_WORDS) ?? [];
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}
