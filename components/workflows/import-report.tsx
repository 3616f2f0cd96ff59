'use client';
import type { z } from 'zod';
import type { importReportSchema } from '#server/workflows/schema.ts';
import { type Looks, NodeReport } from './node-report.tsx';

type Report = z.output<typeof importReportSchema>;

const LOOKS: Looks<Report['nodes'][number]['status']> = {
  placeholder: {
    one: 'placeholder',
    many: 'placeholders',
    tone: 'danger',
    meaning: 'kept with place and settings until you replace it',
  },
  approximated: {
    one: 'approximated',
    many: 'approximated',
    tone: 'warning',
    meaning: 'works, with a difference worth a look',
  },
  mapped: { one: 'mapped', many: 'mapped', tone: 'success', meaning: 'works as before' },
};

/** What became of the nodes of an imported file, and which credentials have to be set again. */
export function ImportReport({ report }: { report: Report }) {
  return (
    <>
      <NodeReport nodes={report.nodes} looks={LOOKS} />
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
