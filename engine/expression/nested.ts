import type { Context } from './context.ts';

type Renderer = (value: unknown, ctx: Context) => unknown;
let renderer: Renderer | undefined;

/**
 * Rendering needs variables, and the variable `$parameter` needs rendering. template.ts gives its function here, so that
 * the two files do not import each other.
 */
export function setNestedRenderer(render: Renderer): void {
  renderer = render;
}

export function renderNested(value: unknown, ctx: Context): unknown {
  return renderer === undefined ? value : renderer(value, ctx);
}
