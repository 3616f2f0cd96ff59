'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTRPC } from '#components/trpc/client.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { FieldError } from '#components/ui/field-error.tsx';
import { Input } from '#components/ui/input.tsx';
import { useMe } from '#components/workspaces/me-provider.tsx';
import { cn } from '#lib/cn.ts';
import type { Sharing } from '#server/credentials/schema.ts';

const CHOICES: readonly { value: Sharing; label: (mine: boolean) => string; help: string }[] = [
  {
    value: 'workspace',
    label: () => 'Everybody who edits workflows',
    help: 'They can use it in their workflows. The secret itself is shown to nobody.',
  },
  {
    value: 'chosen',
    label: (mine) => `Only ${mine ? 'you' : 'whoever made it'} and chosen members`,
    help: 'Owners and admins of the workspace can use it too.',
  },
];

interface SharingFieldProps {
  sharing: Sharing;
  members: readonly string[];
  /** Whoever made it may always use it. */
  makerId: string | null;
  readOnly: boolean;
  error?: string;
  onChange: (change: { sharing?: Sharing; members?: readonly string[] }) => void;
}

/** Who may put a credential into a workflow. */
export function SharingField({ sharing, members, makerId, readOnly, error, onChange }: SharingFieldProps) {
  const id = useId();
  const mine = useMe().user.id === makerId;
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-ui">Who may use it</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {CHOICES.map(({ value, label, help }) => (
          <label
            key={value}
            htmlFor={`${id}-${value}`}
            className={cn(
              'flex items-start gap-2.5 rounded-lg border border-border p-3 transition-colors has-checked:border-accent/50 has-checked:bg-accent-soft/50',
              readOnly ? 'opacity-75' : 'cursor-pointer hover:border-border-strong',
            )}
          >
            <input
              type="radio"
              id={`${id}-${value}`}
              name={`${id}-sharing`}
              checked={sharing === value}
              disabled={readOnly}
              onChange={() => onChange({ sharing: value })}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="flex flex-col">
              <span className="font-medium text-ui">{label(mine)}</span>
              <span className="text-foreground-muted text-xs">{help}</span>
            </span>
          </label>
        ))}
      </div>
      {sharing === 'chosen' ? (
        <ChosenMembers
          chosen={members}
          makerId={makerId}
          readOnly={readOnly}
          onChange={(next) => onChange({ members: next })}
        />
      ) : null}
      <FieldError message={error} />
    </fieldset>
  );
}

const MANY = 8;

interface ChosenMembersProps {
  chosen: readonly string[];
  makerId: string | null;
  readOnly: boolean;
  onChange: (members: readonly string[]) => void;
}

/** Members that are neither admins, who may use all of them, nor viewers, who may use none. */
function ChosenMembers({ chosen, makerId, readOnly, onChange }: ChosenMembersProps) {
  const trpc = useTRPC();
  const id = useId();
  const [text, setText] = useState('');
  const list = useQuery(trpc.members.list.queryOptions());
  const all = (list.data ?? []).filter(
    ({ userId, role }) => userId !== makerId && (role === 'member' || chosen.includes(userId)),
  );
  const shown = all.filter(
    ({ userId, name, email }) =>
      (!readOnly || chosen.includes(userId)) &&
      `${name} ${email}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  if (list.isPending) return <p className="text-foreground-muted text-xs">Loading the members…</p>;
  if (all.length === 0)
    return (
      <p className="text-foreground-muted text-xs">There is nobody else to choose in this workspace yet.</p>
    );
  return (
    <div className="flex flex-col gap-2 rounded-lg border border-border p-2">
      {all.length > MANY ? (
        <Input
          aria-label="Search members"
          placeholder="Search members…"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      <ul aria-label="Members who may use it" className="flex max-h-52 flex-col overflow-y-auto">
        {shown.map(({ userId, name, email }) => (
          <li key={userId}>
            <label
              htmlFor={`${id}-${userId}`}
              className="flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 hover:bg-muted"
            >
              <Checkbox
                id={`${id}-${userId}`}
                checked={chosen.includes(userId)}
                disabled={readOnly}
                onCheckedChange={(on) =>
                  onChange(on === true ? [...chosen, userId] : chosen.filter((other) => other !== userId))
                }
              />
              <span className="min-w-0 truncate text-ui">
                {name} <span className="text-foreground-muted text-xs">{email}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
