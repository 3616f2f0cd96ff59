import type { ExpressionScope, NodeView } from '#engine/expression/scope.ts';
import type { JsonObject, PortItems } from '#engine/item.ts';
import type { ExecuteContext } from '#engine/node.ts';

interface KnownVariables {
  $workflow: ExpressionScope['workflow'];
  $vars: JsonObject;
  $env: Record<string, string>;
  $now: number;
  $nodes: Record<string, { outputPorts: readonly string[]; port: string | undefined; runs: PortItems[] }>;
}

/**
 * A scope for expressions over other items than those of the first input, with further names. The engine renders
 * parameters for the first input only; every voter must be read in the same way, whichever input it came by. There is
 * no trail of items in it: `$('Node').first()` and `.all()` work, `.item` does not.
 */
export function voterScope(
  context: ExecuteContext,
  inputs: PortItems,
  extra: JsonObject = {},
): ExpressionScope {
  const known = context.variables(0) as Partial<KnownVariables>;
  const { id, name, type, version } = context.node;
  const node: NodeView = {
    ...{ id, name, type, version, parameters: context.rawParameters },
    ...{ outputPorts: [], runs: [], context: {} },
  };
  const nodes = known.$nodes ?? {};
  return {
    node,
    runIndex: context.run,
    inputs,
    sources: {},
    nodeByName: (other) => (Object.hasOwn(nodes, other) ? nodeView(other, nodes[other]!) : undefined),
    nodeById: () => undefined,
    connectedPort: ({ name: other }) => (Object.hasOwn(nodes, other) ? nodes[other]!.port : undefined),
    workflow: known.$workflow ?? { id: context.workflow.id, name: context.workflow.name, active: false },
    execution: context.execution,
    now: known.$now ?? context.services.now(),
    timezone: context.workflow.timezone,
    vars: known.$vars ?? {},
    env: known.$env ?? {},
    extra,
    random: context.services.random,
  };
}

const nodeView = (name: string, found: KnownVariables['$nodes'][string]): NodeView => ({
  id: name,
  name,
  type: '',
  version: 1,
  parameters: {},
  outputPorts: found.outputPorts,
  runs: found.runs.map((outputs) => ({ outputs, sources: {} })),
  context: {},
});
