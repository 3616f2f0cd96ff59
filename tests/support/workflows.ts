import type { WorkflowInput } from '#engine/workflow.ts';

type NodeInput = NonNullable<WorkflowInput['nodes']>[number];

export const node = (
  id: string,
  type: string,
  parameters: Record<string, unknown> = {},
  more: Partial<NodeInput> = {},
): NodeInput => ({
  id,
  name: id,
  type,
  parameters,
  ...more,
});

/** `a>b` or `a.port>b.port`. */
export const edges = (...lines: string[]): WorkflowInput['edges'] =>
  lines.map((line) => {
    const [from = '', to = ''] = line.split('>');
    const end = (text: string) => {
      const [name = '', port = 'main'] = text.split('.');
      return { node: name, port };
    };
    return { from: end(from), to: end(to) };
  });

export const post = (id: string, url: string, more: Partial<NodeInput> = {}): NodeInput =>
  node(id, 'http-request', { method: 'POST', url }, more);
export const set = (id: string, name: string, value: unknown): NodeInput =>
  node(id, 'set', { mode: 'fields', fields: [{ name, type: 'any', value }] });
