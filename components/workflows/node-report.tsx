'use client';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';

export interface NodeVerdict<S extends string> {
  name: string;
  type: string;
  status: S;
  reason?: string;
}
export interface Look {
  /** Behind the number: “1 placeholder”, “2 placeholders”. */
  one: string;
  many: string;
  tone: BadgeTone;
  meaning: string;
}
export type Looks<S extends string> = Record<S, Look>;

/** What became of every node: what needs attention comes first, what went well (`mapped`) is one line. */
export function NodeReport<S extends string>({
  nodes: all,
  looks,
}: {
  nodes: readonly NodeVerdict<S>[];
  /** In the order in which the groups are shown. */
  looks: Looks<S>;
}) {
  const groups = (Object.keys(looks) as S[])
    .map((status) => ({ status, nodes: all.filter((node) => node.status === status) }))
    .filter(({ nodes }) => nodes.length > 0);
  return groups.map(({ status, nodes }) => (
    <section key={status} className="flex flex-col gap-1.5">
      <h3 className="flex flex-wrap items-center gap-2 text-ui">
        <Badge tone={looks[status].tone}>
          {nodes.length} {nodes.length === 1 ? looks[status].one : looks[status].many}
        </Badge>
        <span className="text-foreground-muted">{looks[status].meaning}</span>
      </h3>
      {status === 'mapped' ? (
        <p className="text-xs text-foreground-muted">{nodes.map(({ name }) => name).join(', ')}</p>
      ) : (
        <ul className="divide-y divide-border rounded-lg border border-border">
          {nodes.map((node) => (
            <li key={node.name} className="flex flex-col gap-0.5 px-3 py-2">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="text-ui font-medium">{node.name}</span>
                <code className="font-mono text-xs text-foreground-subtle">{node.type}</code>
              </span>
              {node.reason ? <span className="text-xs text-foreground-muted">{node.reason}</span> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  ));
}
