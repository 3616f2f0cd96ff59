'use client';

import { useMemo } from 'react';
import { Form } from '#components/fields/form.tsx';
import { FormProvider } from '#components/fields/form-context.tsx';
import { SelectFieldControl } from '#components/fields/select-field.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import { operationOf } from '#nodes/define.ts';
import type { SelectField } from '#nodes/fields.ts';
import { definitionOf } from '../definition-of.ts';
import { useEditor, useEditorContext } from '../editor-context.tsx';
import { useTemplateWorld } from '../expression/use-template-world.ts';
import { issuesKey, parseIssues } from '../issues.ts';
import { setParameter } from '../store/draft.ts';
import { CredentialSlots } from './credential-slots.tsx';
import { TriggerInfo } from './trigger-info.tsx';

/** The node's own form, made from its definition. */
export function ParametersTab({ node }: { node: WorkflowNode }) {
  const { store, editing } = useEditorContext();
  const readOnly = useEditor((s) => s.readOnly);
  const focusField = useEditor((s) => s.focusField);
  const timezone = useEditor((s) => s.draft.settings.timezone);
  const key = useEditor((s) => issuesKey(s.issues, node.id));
  const issues = useMemo(() => parseIssues(key), [key]);
  const world = useTemplateWorld(node.id);
  const listWorkflows = editing?.backend.listWorkflows ?? null;
  const listTables = editing?.backend.listTables ?? null;
  const form = useMemo(
    () => ({
      readOnly,
      issues: readOnly ? [] : issues,
      world,
      timezone,
      focusField,
      listWorkflows,
      listTables,
    }),
    [readOnly, issues, world, timezone, focusField, listWorkflows, listTables],
  );
  const definition = definitionOf(node);
  if (!definition) {
    return (
      <p className="p-4 text-foreground-muted text-ui">
        This LinkFlow does not know the node type <code>{node.type}</code>. The node is kept as it is.
      </p>
    );
  }
  const operation = operationOf(definition, node.parameters);
  const operations = Object.entries(definition.operations);
  const set = (name: string, value: unknown) =>
    store.getState().change((d) => setParameter(d, node.id, name, value), `${node.id}.${name}`);
  const chooser: SelectField = {
    kind: 'select',
    label: 'Operation',
    options: operations.map(([value, o]) => ({ value, label: o.label, help: o.summary })),
    default: operations[0]?.[0] ?? '',
    template: false,
  };
  const fields = operation?.fields ?? {};
  return (
    <FormProvider value={form}>
      <div className="space-y-4 p-4" data-testid="parameters">
        {operation ? <p className="text-foreground-muted text-xs leading-4.5">{operation.summary}</p> : null}
        {operations.length > 1 ? (
          <SelectFieldControl
            field={chooser}
            value={node.parameters.operation}
            onChange={(value) => set('operation', value)}
            path="operation"
            id={`${node.id}-operation`}
          />
        ) : null}
        <TriggerInfo node={node} definition={definition} />
        {operation ? <CredentialSlots node={node} operation={operation} /> : null}
        <Form key={node.id} fields={fields} values={node.parameters} onChange={set} />
        {Object.keys(fields).length === 0 && !operation?.credentials && definition.kind !== 'trigger' ? (
          <p className="rounded-lg bg-muted px-3 py-2 text-foreground-muted text-ui">
            There is nothing to set here.
          </p>
        ) : null}
      </div>
    </FormProvider>
  );
}
