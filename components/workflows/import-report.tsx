'use client';
import type { z } from 'zod';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import type { importReportSchema } from '#server/workflows/schema.ts';

type Report = z.output<typeof importReportSchema>;
type Status = Report['nodes'][number]['status'];

const LOOKS: Record<Status, { label: string; tone: BadgeTone; meaning: string }> = {
  mapped: { label: 'Mapped', tone: 'success', meaning: 'works as before' },
  approximated: { label: 'Approximated', tone: 'warning', meaning: 'works, with a difference worth a look' },
  placeholder: {
    label: 'Placeholder',
    tone: 'danger',
    meaning: 'keeps its place and settings until you replace it',
  },
};
const ORDER: readonly Status[] = ['placeholder', 'approximated', 'mapped'];

/** What needs attention comes first; what went well is one line. */
export function ImportReport({ report }: { report: Report }) {
  const groups = ORDER.map((status) => ({
    status,
    nodes: report.nodes.filter((node) => node.status === status),
  })).filter(({ nodes }) => nodes.length > 0);
  return (
    <>
      {groups.map(({ status, nodes }) => (
        <section key={status} className="flex flex-col gap-1.5">
          <h3 className="flex flex-wrap items-center gap-2 text-ui">
            <Badge tone={LOOKS[status].tone}>
              {nodes.length} {LOOKS[status].label.toLowerCase()}
            </Badge>
            <span className="text-foreground-muted">{LOOKS[status].meaning}</span>
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
      ))}
      {report.credentials.length > 0 ? (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-ui font-medium">Credentials are never imported. Set these again:</h3>
          <ul className="flex flex-col gap-1 text-xs text-foreground-muted">
            {report.credentials.map(({ node, type, name }) => (
              <li key={`${node} ${type}`}>
                {node}: {name ? `${name} (${type})` : type}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
