import type { Item, JsonObject } from '../item.ts';
import { EXAMPLE_JSON } from './functions/entry.ts';
import type { ExpressionScope, NodeView } from './scope.ts';

/** A node for tests: one port `main`, one run with these items. */
export function testNode(name: string, items: Item[], more: Partial<NodeView> = {}): NodeView {
  return {
    id: `id-${name}`,
    name,
    type: 'test',
    version: 1,
    parameters: {},
    outputPorts: ['main'],
    runs: [{ outputs: { main: items }, sources: {} }],
    context: {},
    ...more,
  };
}

/** A scope for tests: `Start` gave `json` to the active node `Edit`; 2024-05-15T12:00Z, UTC. */
export function testScope(
  json: JsonObject = EXAMPLE_JSON,
  more: Partial<ExpressionScope> = {},
): ExpressionScope {
  const start = testNode('Start', [{ json }]);
  const node = testNode('Edit', [], { id: 'n2', parameters: { limit: 10 }, runs: [] });
  const nodes = [start, node];
  return {
    node,
    runIndex: 0,
    inputs: { main: [{ json, source: { item: 0 } }] },
    sources: { main: [{ node: start.id, run: 0, port: 'main' }] },
    nodeByName: (name) => nodes.find((other) => other.name === name),
    nodeById: (id) => nodes.find((other) => other.id === id),
    connectedPort: () => 'main',
    workflow: { id: 'w1', name: 'Example', active: false },
    execution: { id: 'e1', mode: 'manual', resumeUrl: 'https://example.com/resume' },
    now: Date.parse('2024-05-15T12:00:00Z'),
    timezone: 'UTC',
    vars: { region: 'eu' },
    env: { STAGE: 'test' },
    random: () => 0.5,
    ...more,
  };
}
