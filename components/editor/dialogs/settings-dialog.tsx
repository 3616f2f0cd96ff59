'use client';

import { useMemo } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { PLAIN_FORM } from '#components/fields/plain-form.ts';
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '#components/ui/dialog.tsx';
import { type WorkflowSettings, workflowSettingsSchema } from '#engine/workflow.ts';
import { field } from '#nodes/fields.ts';
import { useEditing, useEditor, useEditorStore } from '../editor-context.tsx';
import { useCheckedForm } from '../use-checked-form.ts';

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
    help: 'Counts while it runs, not while it waits. 0: no limit.',
    min: 0,
    max: 366 * 86_400_000,
    integer: true,
    default: 300_000,
    ...FIXED,
  }),
  concurrency: field.number({
    label: 'Executions at the same time',
    help: 'The others wait in the queue. Empty: as many as the plan allows.',
    min: 1,
    max: 10_000,
    integer: true,
    ...FIXED,
  }),
  priority: field.select({
    label: 'Priority',
    help: 'Which of the workspace’s executions start first when many wait.',
    options: [
      { value: 'high', label: 'High' },
      { value: 'normal', label: 'Normal' },
      { value: 'low', label: 'Low' },
    ],
    default: 'normal',
    ...FIXED,
  }),
  tier: field.select({
    label: 'Workers',
    help: 'Which kind of worker runs it, where the operator keeps several.',
    options: [
      {
        value: 'auto',
        label: 'Automatic',
        help: 'Realtime where somebody waits for the answer, else standard.',
      },
      { value: 'realtime', label: 'Realtime' },
      { value: 'standard', label: 'Standard' },
      { value: 'heavy', label: 'Heavy' },
    ],
    default: 'auto',
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
  const checked = useCheckedForm(
    FIELDS,
    { ...settings, concurrency: settings.concurrency ?? undefined },
    (name, value) => {
      const next = workflowSettingsSchema.safeParse({
        ...settings,
        [name]: value ?? EMPTY[name as keyof WorkflowSettings],
      });
      if (next.success) store.getState().change((d) => ({ ...d, settings: next.data }), `settings.${name}`);
      return next.success;
    },
  );
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>Workflow settings</DialogTitle>
        </DialogHeader>
        <DialogBody data-testid="workflow-settings">
          <FormProvider value={{ ...form, issues: checked.issues }}>
            <Form fields={FIELDS} values={checked.values} onChange={checked.onChange} />
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
