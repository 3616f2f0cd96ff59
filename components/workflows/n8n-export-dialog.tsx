'use client';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog.tsx';
import { QueryError } from '#components/ui/query-error.tsx';
import { saveFile } from '#components/ui/save-file.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { Exported } from '#server/workflows/schema.ts';
import { type Looks, NodeReport } from './node-report.tsx';

type Report = NonNullable<Exported['report']>;

const LOOKS: Looks<Report['nodes'][number]['status']> = {
  missing: {
    one: 'missing',
    many: 'missing',
    tone: 'danger',
    meaning: 'does nothing in n8n; its notes say what it was',
  },
  approximated: {
    one: 'approximated',
    many: 'approximated',
    tone: 'warning',
    meaning: 'works in n8n, with a difference worth a look',
  },
  mapped: { one: 'mapped', many: 'mapped', tone: 'success', meaning: 'works in n8n as here' },
};

interface Props {
  workflowId: string;
  /** Makes the file anew. */
  load: () => Promise<Exported>;
  onClose: () => void;
}

/** First what n8n will do differently, then the file. */
export function N8nExportDialog({ workflowId, load, onClose }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ['n8n-export', workflowId],
    queryFn: load,
    // The workflow may have been changed since the dialog was open last.
    gcTime: 0,
    staleTime: 0,
    refetchOnWindowFocus: false,
    meta: { showsError: true },
  });
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>Export for n8n</DialogTitle>
          <DialogDescription>A file that you can import in n8n. Nothing changes here.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          {data?.report ? (
            <ReportText report={data.report} />
          ) : error ? (
            <QueryError error={error} onRetry={() => void refetch()} />
          ) : (
            <Spinner label="Preparing the file" />
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!data}
            onClick={() => {
              if (data) saveFile(data.fileName, data.text);
              onClose();
            }}
          >
            <Download />
            Download
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function ReportText({ report }: { report: Report }) {
  return (
    <>
      {report.workflow.length > 0 ? (
        <section className="flex flex-col gap-1.5">
          <h3 className="text-ui font-medium">The workflow as a whole</h3>
          <ul className="flex list-disc flex-col gap-1 pl-4 text-xs text-foreground-muted">
            {report.workflow.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ) : null}
      {report.nodes.length === 0 ? (
        <p className="text-ui text-foreground-muted">This workflow has no nodes yet.</p>
      ) : (
        <NodeReport nodes={report.nodes} looks={LOOKS} />
      )}
    </>
  );
}
