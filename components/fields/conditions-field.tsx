'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { SegmentedControl } from '#components/ui/segmented-control.tsx';
import { OPERATORS } from '#engine/conditions.ts';
import type { ConditionsField } from '#nodes/fields.ts';
import type { ControlProps } from './control-props.ts';
import { FIRST_CONDITION } from './first-row.ts';
import { type Preview, useForm } from './form-context.tsx';
import { useRowKeys } from './list-field.tsx';
import { OperatorSelect } from './operator-select.tsx';
import { isUnary } from './operators.ts';
import { RowIssues } from './row-issues.tsx';
import { removeAt, replaceAt, rowsOf } from './rows.ts';
import { TemplateText } from './template-text.tsx';

/** Rows of left, operator, right; all or any of them must hold. */
export function ConditionsFieldControl({ value, onChange, path }: ControlProps<ConditionsField>) {
  const { readOnly, world } = useForm();
  const id = useId();
  const group = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const rows = rowsOf(group.rows);
  const keys = useRowKeys(rows.length);
  const combinator = group.combinator === 'or' ? 'or' : 'and';
  const update = (change: Record<string, unknown>) => onChange({ combinator, rows, ...group, ...change });
  const set = (index: number, change: Record<string, unknown>) =>
    update({ rows: replaceAt(rows, index, { ...rows[index], ...change }) });
  return (
    <div className="space-y-2">
      {rows.map((row, i) => {
        const operator = String(row.operator ?? 'string.equals');
        return (
          <div key={keys.at(i)}>
            {i > 0 ? (
              <div className="flex items-center gap-2 pb-2 text-foreground-subtle text-xs">
                <span className="h-px flex-1 bg-border" />
                {i === 1 && !readOnly ? (
                  <SegmentedControl
                    label="How the conditions are combined"
                    size="sm"
                    value={combinator}
                    onValueChange={(next) => update({ combinator: next })}
                    options={[
                      { value: 'and', label: 'and' },
                      { value: 'or', label: 'or' },
                    ]}
                  />
                ) : (
                  combinator
                )}
                <span className="h-px flex-1 bg-border" />
              </div>
            ) : null}
            <div className="space-y-1.5 rounded-lg border border-border bg-background/60 p-2">
              <TemplateText
                id={`${id}-left-${i}`}
                label={`Left value of condition ${i + 1}`}
                value={row.left}
                placeholder="{{ $json.field }}"
                onChange={(left) => set(i, { left, ...fittingOperator(row, world.evaluate(String(left))) })}
              />
              <div className="flex gap-1.5">
                <OperatorSelect
                  value={operator}
                  disabled={readOnly}
                  onChange={(next) => set(i, { operator: next })}
                />
                {readOnly ? null : (
                  <IconButton
                    label="Remove condition"
                    variant="danger"
                    onClick={() => {
                      keys.remove(i);
                      update({ rows: removeAt(rows, i) });
                    }}
                  >
                    <Trash2 className="size-3.5" />
                  </IconButton>
                )}
              </div>
              {isUnary(operator) ? null : (
                <TemplateText
                  id={`${id}-right-${i}`}
                  label={`Right value of condition ${i + 1}`}
                  value={row.right}
                  placeholder="Value to compare with"
                  onChange={(right) => set(i, { right })}
                />
              )}
              <RowIssues path={`${path}.rows.${i}`} />
            </div>
          </div>
        );
      })}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        {readOnly ? null : (
          <Button size="sm" onClick={() => update({ rows: [...rows, FIRST_CONDITION] })}>
            <Plus className="size-3.5" />
            Add condition
          </Button>
        )}
        <Flag
          label="Ignore case"
          on={group.ignoreCase}
          disabled={readOnly}
          onChange={(ignoreCase) => update({ ignoreCase })}
        />
        <Flag
          label="Convert types"
          on={group.loose}
          disabled={readOnly}
          onChange={(loose) => update({ loose })}
        />
      </div>
    </div>
  );
}

const BY_TYPE: Readonly<Record<string, string>> = { number: 'number.equals', boolean: 'boolean.true' };

/** A number compared as text would fail: as long as nobody chose an operator, it follows the type of the real value. */
function fittingOperator(row: Record<string, unknown>, preview: Preview | null): { operator?: string } {
  const untouched =
    (row.right === '' || row.right === undefined) && row.operator === FIRST_CONDITION.operator;
  if (!untouched || !preview || !('value' in preview)) return {};
  const operator = BY_TYPE[typeof preview.value];
  return operator && operator in OPERATORS ? { operator } : {};
}

interface FlagProps {
  label: string;
  on: unknown;
  disabled: boolean;
  onChange: (on: boolean) => void;
}

function Flag({ label, on, disabled, onChange }: FlagProps) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5">
      <Checkbox
        id={id}
        checked={on === true || on === 'true'}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
      />
      <label htmlFor={id} className="text-foreground-muted text-xs">
        {label}
      </label>
    </span>
  );
}
