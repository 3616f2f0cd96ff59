import type { ReactNode } from 'react';
import type { Field, FieldKind } from '#nodes/fields.ts';
import { AssignmentsFieldControl } from './assignments-field.tsx';
import { BooleanFieldControl } from './boolean-field.tsx';
import { CodeFieldControl } from './code-field.tsx';
import { ConditionsFieldControl } from './conditions-field.tsx';
import type { ControlProps } from './control-props.ts';
import { CronFieldControl } from './cron-field.tsx';
import { DateTimeFieldControl } from './datetime-field.tsx';
import { JsonFieldControl } from './json-field.tsx';
import { ListFieldControl } from './list-field.tsx';
import { TableFieldControl, WorkflowFieldControl } from './named-field.tsx';
import { NumberFieldControl } from './number-field.tsx';
import { OptionsFieldControl } from './options-field.tsx';
import { SelectFieldControl } from './select-field.tsx';
import { TextFieldControl } from './text-field.tsx';

/** One control per kind; a new kind does not compile before it has one. */
export const CONTROLS: { [K in FieldKind]: (props: ControlProps<Extract<Field, { kind: K }>>) => ReactNode } =
  {
    text: TextFieldControl,
    number: NumberFieldControl,
    boolean: BooleanFieldControl,
    select: SelectFieldControl,
    json: JsonFieldControl,
    code: CodeFieldControl,
    datetime: DateTimeFieldControl,
    cron: CronFieldControl,
    workflow: WorkflowFieldControl,
    table: TableFieldControl,
    list: ListFieldControl,
    options: OptionsFieldControl,
    assignments: AssignmentsFieldControl,
    conditions: ConditionsFieldControl,
  };

/** Kinds whose control stands beside the label. */
export const INLINE_KINDS: ReadonlySet<FieldKind> = new Set(['boolean']);
/** Kinds made of fields of their own: issues of those are shown there. */
export const NESTED_KINDS: ReadonlySet<FieldKind> = new Set(['list', 'options', 'assignments', 'conditions']);
/** Kinds that take `{{ }}` in their own control, without a switch. */
export const OWN_TEMPLATES: ReadonlySet<FieldKind> = new Set([
  'json',
  'code',
  'list',
  'options',
  'assignments',
  'conditions',
]);
