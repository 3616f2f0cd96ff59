import type { N8nImporter } from '../n8n.ts';
import { text } from '../n8n-values.ts';

/** Their colours are numbers; those that are left out or free are the first. */
const COLORS = ['amber', 'amber', 'orange', 'rose', 'emerald', 'blue', 'violet', 'slate'] as const;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.stickyNote'],
    map: (_node, _version, { original }) => ({
      type: 'sticky-note',
      parameters: {
        content: text(original.content),
        color: COLORS[Number(original.color)] ?? 'amber',
        width: size(original.width, 240),
        height: size(original.height, 160),
      },
    }),
  },
];

function size(value: unknown, fallback: number): number {
  const number = Number(value ?? fallback);
  return Number.isFinite(number) ? Math.min(10_000, Math.max(40, Math.round(number))) : fallback;
}
