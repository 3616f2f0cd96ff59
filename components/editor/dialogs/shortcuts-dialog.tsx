'use client';

import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '#components/ui/dialog.tsx';
import { Kbd } from '#components/ui/kbd.tsx';

const GROUPS: readonly { title: string; keys: readonly (readonly [keys: string, what: string])[] }[] = [
  {
    title: 'Nodes',
    keys: [
      ['N', 'Add a node (or Tab)'],
      ['enter', 'Open the selected node'],
      ['F2', 'Rename'],
      ['D', 'Disable or enable'],
      ['del', 'Delete'],
      ['esc', 'Close, deselect'],
    ],
  },
  {
    title: 'Select and move',
    keys: [
      ['right', 'Walk along the workflow (all arrows)'],
      ['shift+right', 'Select everything after it (left: before it)'],
      ['alt+right', 'Move the selected nodes (all arrows)'],
      ['mod+A', 'Select all'],
      ['shift+L', 'Tidy up'],
      ['1', 'Fit the workflow'],
    ],
  },
  {
    title: 'Edit',
    keys: [
      ['mod+C', 'Copy as JSON text'],
      ['mod+X', 'Cut'],
      ['mod+V', 'Paste nodes, or a whole workflow'],
      ['mod+D', 'Duplicate'],
      ['mod+Z', 'Undo'],
      ['mod+shift+Z', 'Redo'],
    ],
  },
  {
    title: 'Workflow',
    keys: [
      ['mod+enter', 'Run'],
      ['mod+S', 'Save now'],
      ['?', 'These shortcuts'],
    ],
  },
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent width="xl" aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
        </DialogHeader>
        <DialogBody className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
          {GROUPS.map((group) => (
            <section key={group.title}>
              <h3 className="mb-1.5 font-medium text-foreground-subtle text-xs">{group.title}</h3>
              <dl>
                {group.keys.map(([keys, what]) => (
                  <div
                    key={keys}
                    className="flex items-center justify-between gap-4 border-border border-b py-1.5 last:border-0"
                  >
                    <dt className="text-ui">{what}</dt>
                    <dd>
                      <Kbd keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
