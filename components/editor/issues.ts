import type { Issue } from '#engine/node.ts';

const byNode = new WeakMap<readonly Issue[], Map<string, string>>();

/** A node's issues as text, so that a subscriber re-renders only when they really changed. Empty: none. */
export function issuesKey(issues: readonly Issue[], nodeId: string): string {
  let index = byNode.get(issues);
  if (!index) {
    index = new Map();
    for (const [id, list] of Map.groupBy(issues, (i) => i.nodeId ?? '')) index.set(id, JSON.stringify(list));
    byNode.set(issues, index);
  }
  return index.get(nodeId) ?? '';
}

export const parseIssues = (key: string): readonly Issue[] =>
  key === '' ? [] : (JSON.parse(key) as Issue[]);

/** The message without the node's name in front: it stands beside the node already. */
export const shortMessage = (issue: Issue): string => issue.message.replace(/^“[^”]*”:\s*/, '');
