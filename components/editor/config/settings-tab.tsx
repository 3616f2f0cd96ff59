'use client';

import { useId } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { PLAIN_FORM } from '#components/fields/plain-form.ts';
import { Textarea } from '#components/ui/textarea.tsx';
import { type NodeSettings, nodeSettingsSchema, retrySchema, type WorkflowNode } from '#engine/workflow.ts';
import type { Fields } from '#nodes/fields.ts';
import { isTriggerNode } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { updateNode } from '../store/draft.ts';
import { useCheckedForm } from '../use-checked-form.ts';
import { settingsFields } from './settings-fields.ts';

/** The settings that every node has, and its notes. */
export const SettingsTab = ({ node }: { node: WorkflowNode }) => <Settings key={node.id} node={node} />;

function Settings({ node }: { node: WorkflowNode }) {
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const notesId = useId();
  const { settings } = node;
  const { change } = store.getState();
  const fields: Fields = isTriggerNode(node) ? {} : settingsFields(settings.retry);
  const form = useCheckedForm(
    fields,
    { ...settings, ...settings.retry, retries: settings.retry !== null },
    (name, value) => {
      const next = nodeSettingsSchema.safeParse(withSetting(settings, name, value));
      if (!next.success) return false;
      change((d) => updateNode(d, node.id, { settings: next.data }), `${node.id}.settings.${name}`);
      return true;
    },
  );
  return (
    <FormProvider value={{ ...PLAIN_FORM, readOnly, issues: form.issues }}>
      <div className="space-y-4 p-4" data-testid="settings">
        <Form fields={fields} values={form.values} onChange={form.onChange} />
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

/** A retry setting lies one level deeper; what is emptied gets its default again. */
function withSetting(settings: NodeSettings, name: string, value: unknown): unknown {
  if (name === 'retries') return { ...settings, retry: value ? {} : null };
  if (name in retrySchema.shape) return { ...settings, retry: { ...settings.retry, [name]: value } };
  return { ...settings, [name]: value };
}
