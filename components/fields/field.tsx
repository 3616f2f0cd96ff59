'use client';

import { useId, useState } from 'react';
import { defaultOf, type Field, hasTemplate } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { CONTROLS, INLINE_KINDS, NESTED_KINDS, OWN_TEMPLATES } from './controls.ts';
import { EXPRESSION_MIME } from './drag-data.ts';
import { ExpressionInput } from './expression-input.tsx';
import { ExpressionToggle, FieldRow } from './field-row.tsx';
import { useForm } from './form-context.tsx';

/** One field of any kind: fixed value by its own control, or an expression where that is allowed. */
export function FieldView(props: Omit<ControlProps, 'id'> & { aside?: React.ReactNode }) {
  const { field, value, onChange, path, aside } = props;
  const { readOnly } = useForm();
  const id = useId();
  const canTemplate = field.template !== false && !OWN_TEMPLATES.has(field.kind);
  const [wanted, setWanted] = useState(false);
  const [touched, setTouched] = useState(false);
  const templated = canTemplate && (hasTemplate(value) || wanted);
  const Control = CONTROLS[field.kind] as (p: ControlProps) => React.ReactNode;

  const switchTo = (on: boolean) => {
    setTouched(true);
    setWanted(on);
    if (on) onChange(toTemplate(value, field));
    else onChange(undefined);
  };
  const drop = (event: React.DragEvent) => {
    const expression = event.dataTransfer.getData(EXPRESSION_MIME);
    if (!expression || readOnly || templated || event.defaultPrevented) return;
    event.preventDefault();
    setWanted(true);
    const before = typeof value === 'string' && field.kind === 'text' ? value : '';
    onChange(`${before}{{ ${expression} }}`);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target beside the keyboard's way, the expression switch
    <div
      onDrop={canTemplate ? drop : undefined}
      onDragOver={
        canTemplate
          ? (event) => {
              if (event.dataTransfer.types.includes(EXPRESSION_MIME) && !templated) event.preventDefault();
            }
          : undefined
      }
    >
      <FieldRow
        id={id}
        path={path}
        label={field.label}
        required={field.required}
        help={field.help}
        nested={NESTED_KINDS.has(field.kind)}
        inline={INLINE_KINDS.has(field.kind) && !templated}
        aside={
          <>
            {canTemplate && !readOnly ? (
              <ExpressionToggle on={templated} label={field.label} onChange={switchTo} />
            ) : null}
            {aside}
          </>
        }
      >
        {templated ? (
          <ExpressionInput
            id={id}
            label={field.label}
            value={typeof value === 'string' ? value : ''}
            onChange={onChange}
            placeholder={field.placeholder ?? '{{ $json.field }}'}
            autoFocus={touched}
            secret={field.kind === 'text' && field.secret}
          />
        ) : (
          <Control
            field={field}
            value={value}
            onChange={(next: unknown) => {
              // typing `{{` into a plain field means an expression
              if (canTemplate && hasTemplate(next)) {
                setTouched(true);
                setWanted(true);
                onChange(typeof next === 'string' && next.endsWith('{{') ? `${next}  }}` : next);
              } else onChange(next);
            }}
            path={path}
            id={id}
          />
        )}
      </FieldRow>
    </div>
  );
}

/** What a fixed value becomes when the field turns to an expression. */
function toTemplate(value: unknown, field: Field): string {
  const current = value ?? defaultOf(field);
  if (field.kind === 'text' && typeof current === 'string' && current !== '') return current;
  if (current === undefined || current === '' || current === null) return '{{  }}';
  return `{{ ${JSON.stringify(current)} }}`;
}
