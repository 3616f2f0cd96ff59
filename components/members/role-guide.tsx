import { ROLES } from '#server/workspaces/schema.ts';
import { ROLE_LABELS } from './roles.ts';

export function RoleGuide() {
  return (
    <dl className="grid gap-x-6 gap-y-3 text-xs sm:grid-cols-2 lg:grid-cols-4">
      {ROLES.map((role) => (
        <div key={role}>
          <dt className="font-medium">{ROLE_LABELS[role].label}</dt>
          <dd className="text-foreground-muted">{ROLE_LABELS[role].summary}</dd>
        </div>
      ))}
    </dl>
  );
}
