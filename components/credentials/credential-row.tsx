'use client';
import Link from 'next/link';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { cn } from '#lib/cn.ts';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import type { CredentialSummary } from '#server/credentials/schema.ts';
import { CredentialBadges } from './credential-badges.tsx';
import { KindIcon } from './kind-icon.tsx';

/** Shared by the head of the list and its rows. */
export const CREDENTIAL_COLUMNS = 'gap-x-4 md:grid-cols-[minmax(0,1fr)_13rem_7rem] md:items-center';

export function CredentialRow({ credential }: { credential: CredentialSummary }) {
  const path = useWorkspacePath();
  const kind = findCredentialType(credential.type);
  return (
    <li
      className={cn(
        CREDENTIAL_COLUMNS,
        'relative flex flex-col gap-y-1.5 px-4 py-3 transition-colors first:rounded-t-xl last:rounded-b-xl hover:bg-muted/60 md:grid',
      )}
    >
      <div className="flex min-w-0 items-start gap-3">
        <KindIcon kind={kind} />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={path(`credentials/${credential.id}`)}
              className="truncate font-medium text-sm outline-offset-4 after:absolute after:inset-0"
            >
              {credential.name}
            </Link>
            <CredentialBadges credential={credential} />
          </p>
          <p className="truncate text-foreground-muted text-xs">{kind?.name ?? credential.type}</p>
          {credential.problem ? <p className="text-danger text-xs">{credential.problem}</p> : null}
        </div>
      </div>
      <p className="truncate text-foreground-muted text-xs max-md:pl-11">
        {credential.sharing === 'workspace' ? 'Everybody who edits' : 'Chosen members'}
        {credential.createdBy ? (
          <span className="text-foreground-subtle"> · by {credential.createdBy.name}</span>
        ) : null}
      </p>
      <p className="text-foreground-muted text-xs max-md:pl-11">
        {credential.lastUsedAt ? (
          <>
            <span className="md:sr-only">Used </span>
            <RelativeTime date={credential.lastUsedAt} />
          </>
        ) : (
          'Never used'
        )}
      </p>
    </li>
  );
}
