interface Step {
  incoming: readonly { from: string }[];
  out: ReadonlyMap<string, readonly { to: string }[]>;
}

/**
 * For every node, the nodes that lie on every way to it from where ways can begin (nodes without incoming edges), itself
 * left out. Nodes that no way reaches have none. A node that comes before a loop on every way is outside of its body.
 */
export function dominators(nodes: ReadonlyMap<string, Step>): (id: string) => ReadonlySet<string> {
  const order = reversePostorder(nodes);
  const rank = new Map(order.map((id, index) => [id, index]));
  /** The nearest of them; a node where ways begin is its own. */
  const nearest = new Map<string, string>();
  for (const id of order) if (nodes.get(id)!.incoming.length === 0) nearest.set(id, ROOT);
  for (let changed = true; changed; ) {
    changed = false;
    for (const id of order) {
      if (nodes.get(id)!.incoming.length === 0) continue;
      let found: string | undefined;
      for (const { from } of nodes.get(id)!.incoming) {
        if (!nearest.has(from)) continue;
        found = found === undefined ? from : common(found, from, nearest, rank);
      }
      if (found === undefined || nearest.get(id) === found) continue;
      nearest.set(id, found);
      changed = true;
    }
  }
  return (id) => {
    const found = new Set<string>();
    for (let at = nearest.get(id); at !== undefined && at !== ROOT; at = nearest.get(at)) found.add(at);
    return found;
  };
}

/** In front of all beginnings; no node has an empty id. */
const ROOT = '';

function common(
  one: string,
  other: string,
  nearest: ReadonlyMap<string, string>,
  rank: ReadonlyMap<string, number>,
): string {
  let a = one;
  let b = other;
  while (a !== b) {
    if (a === ROOT || b === ROOT) return ROOT;
    if (rank.get(a)! > rank.get(b)!) a = nearest.get(a)!;
    else b = nearest.get(b)!;
  }
  return a;
}

/** Every node before those that it leads to, cycles aside. */
function reversePostorder(nodes: ReadonlyMap<string, Step>): string[] {
  const seen = new Set<string>();
  const order: string[] = [];
  for (const [root, { incoming }] of nodes) {
    if (incoming.length > 0 || seen.has(root)) continue;
    seen.add(root);
    const stack = [{ id: root, next: targets(nodes, root) }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const to = top.next.pop();
      if (to === undefined) {
        order.push(top.id);
        stack.pop();
      } else if (!seen.has(to)) {
        seen.add(to);
        stack.push({ id: to, next: targets(nodes, to) });
      }
    }
  }
  return order.reverse();
}

const targets = (nodes: ReadonlyMap<string, Step>, id: string): string[] =>
  [...(nodes.get(id)?.out.values() ?? [])].flatMap((edges) => edges.map(({ to }) => to));
