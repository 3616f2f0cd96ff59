'use client';

import { useMemo } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { PLAIN_FORM } from '#components/fields/plain-form.ts';
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '#components/ui/dialog.tsx';
import { type WorkflowSettings, workflowSettingsSchema } from '#engine/workflow.ts';
import { field } from '#nodes/fields.ts';
import { useEditing, useEditor, useEditorStore } from '../editor-context.tsx';

const FIXED = { template: false } as const;
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** The settings of the workflow itself, described like any node's fields. */
const FIELDS = {
  timezone: field.select({
    label: 'Time zone',
    help: 'Schedules and dates in expressions use it.',
    options: ZONES.map((value) => ({ value, label: value })),
    default: 'UTC',
    ...FIXED,
  }),
  order: field.select({
    label: 'Order of branches',
    options: [
      { value: 'parallel', label: 'At the same time' },
      { value: 'sequential', label: 'One branch after the other' },
      { value: 'breadth-first', label: 'Layer by layer', help: 'As in old n8n workflows.' },
    ],
    default: 'parallel',
    ...FIXED,
  }),
  timeoutMs: field.number({
    label: 'Time limit (ms)',
    help: '0: no limit.',
    min: 0,
    integer: true,
    default: 300_000,
    ...FIXED,
  }),
  concurrency: field.number({
    label: 'Executions at the same time',
    help: 'Empty: as many as the plan allows.',
    min: 1,
    integer: true,
    ...FIXED,
  }),
  saveData: field.select({
    label: 'Keep the data of executions',
    options: [
      { value: 'all', label: 'Of all' },
      { value: 'errors', label: 'Of failed ones' },
      { value: 'none', label: 'Of none' },
    ],
    default: 'all',
    ...FIXED,
  }),
  errorWorkflowId: field.workflow({
    label: 'Error workflow',
    help: 'Starts when an execution of this one fails. It needs an error trigger.',
    placeholder: 'None',
    ...FIXED,
  }),
};

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { backend } = useEditing();
  const store = useEditorStore();
  const settings = useEditor((s) => s.draft.settings);
  const readOnly = useEditor((s) => s.readOnly);
  const form = useMemo(
    () => ({ ...PLAIN_FORM, readOnly, timezone: settings.timezone, listWorkflows: backend.listWorkflows }),
    [readOnly, settings.timezone, backend],
  );
  const set = (name: string, value: unknown) => {
    const next = workflowSettingsSchema.safeParse({
      ...settings,
      [name]: value ?? EMPTY[name as keyof WorkflowSettings],
    });
    if (next.success) store.getState().change((d) => ({ ...d, settings: next.data }), `settings.${name}`);
  };
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Workflow settings</DialogTitle>
        </DialogHeader>
        <DialogBody data-testid="workflow-settings">
          <FormProvider value={form}>
            <Form
              fields={FIELDS}
              values={{ ...settings, concurrency: settings.concurrency ?? undefined }}
              onChange={set}
            />
          </FormProvider>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

const EMPTY: Partial<Record<keyof WorkflowSettings, unknown>> = {
  concurrency: null,
  errorWorkflowId: null,
  timeoutMs: 0,
};
