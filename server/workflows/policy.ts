import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { Workflow, WorkflowSettings } from '#engine/workflow.ts';

/** Hash of what a workflow does: moving nodes, renaming the workflow or writing notes does not change what runs. */
export function behaviourHash(workflow: Workflow): string {
  const nodes = workflow.nodes.map(({ position: _position, notes: _notes, ...node }) => node);
  return hashOf({ nodes, edges: workflow.edges, settings: workflow.settings });
}

/** Hash of the whole file; snapshots of the same content share one version. */
export const contentHash = (workflow: Workflow): string => hashOf(workflow);

const hashOf = (value: unknown): string => createHash('sha256').update(stableJson(value)).digest('hex');

/** JSON with sorted keys: jsonb does not keep their order. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** What the queue must know of a version without reading it. */
export const queueColumns = ({ tier, priority, concurrency }: WorkflowSettings) => ({
  tier: tier === 'auto' ? null : tier,
  priority: { high: 0, normal: 1, low: 2 }[priority],
  concurrency,
});

const FILE_KEYS = ['format', 'name', 'nodes', 'edges', 'settings', 'pinData'] as const;

/** The workflow file as text, keys in a fixed order so that diffs stay small. */
export function toFileText(workflow: Workflow, format: 'json' | 'yaml'): string {
  const ordered = Object.fromEntries(FILE_KEYS.map((key) => [key, workflow[key]]));
  return format === 'json' ? `${JSON.stringify(ordered, null, 2)}\n` : stringify(ordered, { lineWidth: 0 });
}

export const fileNameOf = (name: string, format: 'json' | 'yaml' | 'n8n.json'): string =>
  `${
    name
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'workflow'
  }.${format}`;
