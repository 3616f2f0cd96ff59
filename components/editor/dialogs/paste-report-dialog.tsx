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
import { useEditorStore, useSessionState } from '../editor-context.tsx';

/** What became of nodes that were pasted from n8n, where something needs a look. */
export function PasteReportDialog({ onClose }: { onClose: () => void }) {
  const store = useEditorStore();
  const report = useSessionState((s) => s.pasteReport);
  const pasted = useSessionState((s) => s.pastedNodes);
  if (!report) return null;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent width="lg">
        <DialogHeader>
          <DialogTitle>Pasted {report.nodes.length} nodes from n8n</DialogTitle>
          <DialogDescription>Undo takes all of them away again.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <ImportReport
            report={report}
            connect={({ node, slot }) => {
              const id = pasted.get(node);
              return id && slot ? (
                <Button
                  size="sm"
                  onClick={() => {
                    onClose();
                    store.getState().openNode(id, `credentials.${slot}`);
                  }}
                >
                  Connect
                </Button>
              ) : null;
            }}
          />
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
