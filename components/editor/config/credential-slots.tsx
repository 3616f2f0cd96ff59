'use client';

import { useId } from 'react';
import { CredentialSelect } from '#components/credentials/credential-select.tsx';
import { FieldRow } from '#components/fields/field-row.tsx';
import type { WorkflowNode } from '#engine/workflow.ts';
import type { CredentialSlot } from '#nodes/credential-types/define.ts';
import { type OperationDefinition, slotsOf } from '#nodes/define.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { setCredential } from '../store/draft.ts';

/** The node's places for credentials. What was chosen in one that another mode hides is kept for the way back. */
export function CredentialSlots({ node, operation }: { node: WorkflowNode; operation: OperationDefinition }) {
  return slotsOf(operation, node.parameters).map((slot) => (
    <Slot key={`${node.id} ${slot.name}`} node={node} slot={slot} />
  ));
}

function Slot({ node, slot }: { node: WorkflowNode; slot: CredentialSlot }) {
  const id = useId();
  const store = useEditorStore();
  const readOnly = useEditor((s) => s.readOnly);
  const { name, label, types, optional } = slot;
  return (
    <FieldRow id={id} path={`credentials.${name}`} label={label} required={!optional}>
      <CredentialSelect
        id={id}
        types={types}
        value={node.credentials[name] || undefined}
        readOnly={readOnly}
        onChange={(value) => store.getState().change((d) => setCredential(d, node.id, name, value))}
      />
    </FieldRow>
  );
}
