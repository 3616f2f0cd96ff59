'use client';

import type { ReactNode } from 'react';
import { useEditing, useSessionState } from '../editor-context.tsx';
import type { EditorDialog } from '../session/session-store.ts';
import { ConflictDialog, DeleteDialog, PublishProblemsDialog } from './message-dialogs.tsx';
import { N8nExportDialog } from './n8n-export-dialog.tsx';
import { PasteReportDialog } from './paste-report-dialog.tsx';
import { RunInputDialog } from './run-input-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const DIALOGS: Record<EditorDialog, (props: { onClose: () => void }) => ReactNode> = {
  shortcuts: ShortcutsDialog,
  settings: SettingsDialog,
  'run-input': RunInputDialog,
  delete: DeleteDialog,
  conflict: ConflictDialog,
  'publish-problems': PublishProblemsDialog,
  'paste-report': PasteReportDialog,
  'n8n-export': N8nExportDialog,
};

export function Dialogs() {
  const { session } = useEditing();
  const open = useSessionState((s) => s.dialog);
  if (!open) return null;
  const Shown = DIALOGS[open];
  return <Shown onClose={() => session.setState({ dialog: null })} />;
}
