'use client';
import { Pencil, Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import type { CredentialSummary } from '#server/credentials/schema.ts';
import { NewCredentialDialog } from './new-credential-dialog.tsx';
import { useFittingCredentials } from './use-fitting-credentials.ts';

const NONE = ' none';

interface CredentialSelectProps {
  id: string;
  /** Kinds that fit. */
  types: readonly string[];
  /** Id of the chosen one. */
  value: string | undefined;
  onChange: (id: string | undefined) => void;
  readOnly: boolean;
}

/** One of the credentials that fit, or a new one. One that cannot be used is shown as what it is, and stays until another is chosen. */
export function CredentialSelect({ id, types, value, onChange, readOnly }: CredentialSelectProps) {
  const path = useWorkspacePath();
  const [creating, setCreating] = useState(false);
  // it can be chosen before the list knows it
  const [made, setMade] = useState<CredentialSummary | null>(null);
  const { fitting, all, isError } = useFittingCredentials(types, made);
  const known = all?.find((one) => one.id === value);
  const isOffered = fitting?.some((one) => one.id === value) ?? false;
  // whoever only looks on need not be allowed to use it
  const isFine = isOffered || (readOnly && known !== undefined);
  const problem = value && all && !isFine ? whyNot(known, types) : null;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1.5">
        <Select
          value={value ?? ''}
          disabled={readOnly}
          onValueChange={(next) => next !== '' && onChange(next === NONE ? undefined : next)}
        >
          <SelectTrigger id={id} aria-invalid={problem ? true : undefined}>
            <SelectValue placeholder={placeholderOf(fitting, isError)} />
          </SelectTrigger>
          <SelectContent>
            {fitting ? null : (
              <SelectItem value=" loading" disabled>
                {placeholderOf(fitting, isError)}
              </SelectItem>
            )}
            {value ? <SelectItem value={NONE}>None</SelectItem> : null}
            {value && !isOffered ? (
              <SelectItem value={value}>
                {known?.name ?? (all ? 'Unknown credential' : 'Loading…')}
              </SelectItem>
            ) : null}
            {fitting?.map((one) => (
              <SelectItem key={one.id} value={one.id} help={findCredentialType(one.type)?.name}>
                {one.name}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        {known ? (
          <Tooltip content="Open the credential">
            <Link
              href={path(`credentials/${known.id}`)}
              target="_blank"
              aria-label={`Open the credential ${known.name}`}
              className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-foreground-muted transition-colors hover:bg-muted hover:text-foreground"
            >
              <Pencil className="size-4" />
            </Link>
          </Tooltip>
        ) : null}
        {readOnly ? null : fitting?.length === 0 ? (
          <Button onClick={() => setCreating(true)}>
            <Plus />
            New credential
          </Button>
        ) : (
          <IconButton label="New credential" variant="secondary" onClick={() => setCreating(true)}>
            <Plus />
          </IconButton>
        )}
      </div>
      {problem ? <p className="text-danger text-xs">{problem}</p> : null}
      {known?.problem && isOffered ? <p className="text-danger text-xs">{known.problem}</p> : null}
      <NewCredentialDialog
        open={creating}
        onOpenChange={setCreating}
        types={types}
        onCreated={(credential) => {
          setMade(credential);
          onChange(credential.id);
        }}
      />
    </div>
  );
}

function placeholderOf(fitting: readonly unknown[] | undefined, isError: boolean): string {
  if (isError) return 'The credentials could not be loaded';
  if (!fitting) return 'Loading…';
  return fitting.length === 0 ? 'None fits yet' : 'Choose a credential';
}

function whyNot(known: CredentialSummary | undefined, types: readonly string[]): string {
  if (!known)
    return 'This is a credential that you may not use, or one that is gone. Choose another one, or ask whoever made it.';
  if (!types.includes(known.type))
    return `This is of another kind (${findCredentialType(known.type)?.name ?? known.type}) than this node needs.`;
  return 'This is a credential that you may not use.';
}
