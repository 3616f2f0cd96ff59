import type { Category, NodeDefinition } from '#nodes/define.ts';
import { definitions } from '#nodes/definitions.ts';

export interface PaletteGroup {
  category: Category;
  items: readonly NodeDefinition[];
}

const ORDER: readonly Category[] = ['Triggers', 'Actions', 'Logic', 'Data', 'Flow', 'Code'];

/** The newest version of every type that is offered. */
const offered: readonly NodeDefinition[] = [
  ...definitions
    .filter((d) => !d.hidden)
    .reduce((byType, d) => {
      const known = byType.get(d.type);
      if (!known || known.version < d.version) byType.set(d.type, d);
      return byType;
    }, new Map<string, NodeDefinition>())
    .values(),
];

/** Groups in the palette's order; with a query, what matches best first and without triggers where they make no sense. */
export function paletteGroups(query: string, { triggers = true } = {}): PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const scored = offered
    .filter((d) => triggers || d.kind !== 'trigger')
    .map((definition) => ({ definition, score: score(definition, words) }))
    .filter((s) => s.score > 0)
    .sort((a, b) => b.score - a.score);
  return ORDER.flatMap((category) => {
    const items = scored.filter((s) => s.definition.category === category).map((s) => s.definition);
    return items.length > 0 ? [{ category, items }] : [];
  }).sort((a, b) => (words.length === 0 ? 0 : best(b, scored) - best(a, scored)));
}

const best = (group: PaletteGroup, scored: { definition: NodeDefinition; score: number }[]) =>
  Math.max(...scored.filter((s) => group.items.includes(s.definition)).map((s) => s.score));

function score(definition: NodeDefinition, words: readonly string[]): number {
  if (words.length === 0) return 1;
  const name = definition.name.toLowerCase();
  const operations = Object.values(definition.operations).map((o) => o.label.toLowerCase());
  let total = 0;
  for (const word of words) {
    const hit = name.startsWith(word)
      ? 10
      : name.split(/[\s-]+/).some((part) => part.startsWith(word))
        ? 8
        : name.includes(word)
          ? 6
          : definition.search.some((s) => s.startsWith(word))
            ? 5
            : [...definition.search, ...operations].some((s) => s.includes(word))
              ? 3
              : definition.description.toLowerCase().includes(word)
                ? 1
                : 0;
    if (hit === 0) return 0;
    total += hit;
  }
  return total;
}
