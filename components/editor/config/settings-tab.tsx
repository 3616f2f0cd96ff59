'use client';

import { useId } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { PLAIN_FORM } from '#components/fields/plain-form.ts';
import { Textarea } from '#components/ui/textarea.tsx';
import type { NodeSettings, WorkflowNode } from '#engine/workflow.ts';
import { retrySchema } from '#engine/workflow.ts';
import { field } from '#nodes/fields.ts';
import { isTriggerNode } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { updateNode } from '../store/draft.ts';

const FIXED = { template: false } as const;

/** The settings that every node has, described like any node's fields. */
const FIELDS = {
  onError: field.select({
    label: 'When it fails',
    options: [
      { value: 'stop', label: 'Stop the execution' },
      { value: 'continue', label: 'Go on', help: 'The failed item goes on with an “error” field.' },
      {
        value: 'error-port',
        label: 'Use an error output',
        help: 'Failed items leave by an output of their own.',
      },
    ],
    default: 'stop',
    ...FIXED,
  }),
  retries: field.boolean({
    label: 'Try again when it fails',
    help: 'Only failures that may pass by themselves.',
    ...FIXED,
  }),
  maxAttempts: field.number({
    label: 'Attempts',
    min: 1,
    max: 20,
    integer: true,
    showIf: { retries: [true] },
    ...FIXED,
  }),
  delayMs: field.number({
    label: 'Wait between attempts (ms)',
    min: 0,
    integer: true,
    showIf: { retries: [true] },
    ...FIXED,
  }),
  backoff: field.select({
    label: 'Waiting time',
    options: [
      { value: 'exponential', label: 'Doubles each time' },
      { value: 'fixed', label: 'Stays the same' },
    ],
    default: 'exponential',
    showIf: { retries: [true] },
    ...FIXED,
  }),
  timeoutMs: field.number({
    label: 'Time limit (ms)',
    help: '0: no limit of its own.',
    min: 0,
    integer: true,
    default: 0,
    ...FIXED,
  }),
  executeOnce: field.boolean({ label: 'Run once', help: 'Only for the first item.', ...FIXED }),
  alwaysOutput: field.boolean({
    label: 'Always give an item',
    help: 'An empty one when there would be none.',
    ...FIXED,
  }),
};

export function SettingsTab({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const notesId = useId();
  const { settings } = node;
  const { change } = store.getState();
  const update = (next: Partial<NodeSettings>, name: string) =>
    change(
      (d) => updateNode(d, node.id, { settings: { ...settings, ...next } }),
      `${node.id}.settings.${name}`,
    );
  const values = { ...settings, ...settings.retry, retries: settings.retry !== null };
  const fields = isTriggerNode(node) ? {} : FIELDS;
  return (
    <FormProvider value={{ ...PLAIN_FORM, readOnly }}>
      <div className="space-y-4 p-4" data-testid="settings">
        <Form
          fields={fields}
          values={values}
          onChange={(name, value) => {
            if (name === 'retries') update({ retry: value ? retrySchema.parse({}) : null }, name);
            else if (settings.retry && name in settings.retry) {
              const retry = retrySchema.safeParse({ ...settings.retry, [name]: value });
              if (retry.success) update({ retry: retry.data }, name);
            } else update({ [name]: value ?? 0 } as Partial<NodeSettings>, name);
          }}
        />
        <div>
          <label htmlFor={notesId} className="mb-1 block font-medium text-ui">
            Notes
          </label>
          <Textarea
            id={notesId}
            readOnly={readOnly}
            value={node.notes}
            placeholder="Why this node is here"
            onChange={(event) => {
              const notes = event.target.value;
              change((d) => updateNode(d, node.id, { notes }), `${node.id}.notes`);
            }}
          />
        </div>
        <p className="text-foreground-subtle text-xs">
          {node.type} · version {node.version} · id {node.id}
        </p>
      </div>
    </FormProvider>
  );
}
