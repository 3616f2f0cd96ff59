import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

const COLORS = ['amber', 'orange', 'rose', 'emerald', 'blue', 'violet', 'slate'];

export const exporter: N8nExporter = ({ parameters: { content, color, width, height } }) => {
  const number = COLORS.indexOf(String(color)) + 1;
  return core(
    'stickyNote',
    1,
    {},
    {
      literal: { content, width, height, ...(number > 1 ? { color: number } : {}) },
    },
  );
};
