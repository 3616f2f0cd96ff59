'use client';

import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from '#components/ui/select.tsx';
import { OPERATOR_GROUPS, operatorLabel } from './operators.ts';

interface OperatorSelectProps {
  value: string;
  disabled: boolean;
  onChange: (operator: string) => void;
}

/** Operators by the type they compare. */
export function OperatorSelect({ value, disabled, onChange }: OperatorSelectProps) {
  return (
    <Select value={value} onValueChange={onChange} disabled={disabled}>
      <SelectTrigger aria-label="Operator">
        <SelectValue>{operatorLabel(value)}</SelectValue>
      </SelectTrigger>
      <SelectContent>
        {OPERATOR_GROUPS.map((group) => (
          <SelectGroup key={group.type}>
            <SelectLabel>{group.label}</SelectLabel>
            {group.operators.map((operator) => (
              <SelectItem key={operator.id} value={operator.id}>
                {operator.label}
              </SelectItem>
            ))}
          </SelectGroup>
        ))}
      </SelectContent>
    </Select>
  );
}
