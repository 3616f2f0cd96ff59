'use client';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import type { Role } from '#server/workspaces/schema.ts';
import { ROLE_LABELS } from './roles.ts';

interface RoleSelectProps<R extends Role> {
  /** Accessible name. */
  label: string;
  id?: string;
  value: R;
  roles: readonly R[];
  onValueChange: (role: R) => void;
  disabled?: boolean;
  className?: string;
}

export function RoleSelect<R extends Role>({
  label,
  id,
  value,
  roles,
  onValueChange,
  disabled,
  className,
}: RoleSelectProps<R>) {
  return (
    <Select value={value} onValueChange={(role) => onValueChange(role as R)} disabled={disabled}>
      <SelectTrigger id={id} aria-label={label} className={className}>
        <SelectValue>{ROLE_LABELS[value].label}</SelectValue>
      </SelectTrigger>
      <SelectContent>
        {roles.map((role) => (
          <SelectItem key={role} value={role} help={ROLE_LABELS[role].summary}>
            {ROLE_LABELS[role].label}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
