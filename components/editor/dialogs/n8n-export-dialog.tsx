'use client';

import { N8nExportDialog as ExportDialog } from '#components/workflows/n8n-export-dialog.tsx';
import { useEditing, useEditor } from '../editor-context.tsx';

/** The draft for n8n; what has been changed last is saved first, since the server makes the file. */
export function N8nExportDialog({ onClose }: { onClose: () => void }) {
  const { backend, actions } = useEditing();
  const readOnly = useEditor((s) => s.readOnly);
  const id = useEditor((s) => s.workflowId);
  const load = async () => {
    if (!readOnly) await actions.saveNow();
    return backend.exportText('n8n');
  };
  return <ExportDialog workflowId={id} load={load} onClose={onClose} />;
}
