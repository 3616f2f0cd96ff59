'use client';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { importReportSchema } from '#server/workflows/schema.ts';
import { type Looks, NodeReport } from './node-report.tsx';

type Report = z.output<typeof importReportSchema>;

/** A credential that the file refers to; `slot`: the node's place for it, where there is one. */
export type CredentialToConnect = Report['credentials'][number] & { slot?: string };

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

interface ImportReportProps {
  report: Report;
  /** Stands beside each credential: the way to choose one for its node. */
  connect?: (credential: CredentialToConnect) => ReactNode;
}

/** What became of the nodes of an imported file, and which credentials have to be connected. */
export function ImportReport({ report, connect }: ImportReportProps) {
  return (
    <>
      <NodeReport nodes={report.nodes} looks={LOOKS} />
      {report.credentials.length > 0 ? (
        <section className="flex flex-col gap-1.5" aria-label="Credentials to connect">
          <h3 className="text-ui">
            <span className="font-medium">Credentials to connect</span>{' '}
            <span className="text-foreground-muted">files never hold secrets</span>
          </h3>
          <ul className="divide-y divide-border rounded-lg border border-border">
            {report.credentials.map((credential) => (
              <li
                key={`${credential.node} ${credential.type}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2"
              >
                <span className="flex min-w-0 flex-1 flex-col">
                  <span className="truncate font-medium text-ui">{credential.node}</span>
                  <span className="truncate text-foreground-muted text-xs">
                    {credential.name ? `${credential.name} · ` : ''}
                    <code className="font-mono">{credential.type}</code>
                  </span>
                </span>
                {connect?.(credential)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
