'use client';

import { useForm } from './form-context.tsx';

/** What is wrong inside one row of a control that draws its own rows. */
export function RowIssues({ path }: { path: string }) {
  const { issues } = useForm();
  return issues
    .filter((i) => i.field === path || i.field?.startsWith(`${path}.`))
    .map((issue) => (
      <p key={issue.code + issue.message} data-testid="field-issue" className="mt-1 text-danger text-xs">
        {issue.message.replace(/^“[^”]*”:\s*/, '')}
      </p>
    ));
}
