'use client';

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
import { ImportReport } from '#components/workflows/import-report.tsx';
import { useSessionState } from '../editor-context.tsx';

/** What became of nodes that were pasted from n8n, where something needs a look. */
export function PasteReportDialog({ onClose }: { onClose: () => void }) {
  const report = useSessionState((s) => s.pasteReport);
  if (!report) return null;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>Pasted {report.nodes.length} nodes from n8n</DialogTitle>
          <DialogDescription>Undo takes all of them away again.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <ImportReport report={report} />
        </DialogBody>
        <DialogFooter>
          <Button variant="primary" onClick={onClose}>
            Continue
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
