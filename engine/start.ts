import type { NodeCatalog } from './node.ts';
import type { Workflow, WorkflowNode } from './workflow.ts';

/** Where an execution starts: the wanted node, else the first enabled trigger of the file, else the first node without inputs. */
export function startNodeOf(
  workflow: Workflow,
  catalog: NodeCatalog,
  wanted?: string,
): WorkflowNode | undefined {
  if (wanted !== undefined) return workflow.nodes.find((n) => n.id === wanted);
  const enabled = workflow.nodes.filter((n) => !n.disabled);
  const fed = new Set(workflow.edges.map((e) => e.to.node));
  return (
    enabled.find((n) => catalog.find(n.type, n.version)?.isTrigger) ??
    enabled.find(
      (n) => !fed.has(n.id) && (catalog.find(n.type, n.version)?.ports(n.parameters).outputs.length ?? 0) > 0,
    ) ??
    (workflow.nodes.length === 1 ? workflow.nodes[0] : undefined)
  );
}
