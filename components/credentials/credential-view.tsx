'use client';
import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { Card, CardHeader } from '#components/ui/card.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { useWorkspacePath } from '#components/workspaces/workspace-provider.tsx';
import { findCredentialType } from '#nodes/credential-types/registry.ts';
import type { CredentialDetail } from '#server/credentials/schema.ts';
import { AccessLog } from './access-log.tsx';
import { ConnectBox } from './connect-box.tsx';
import { CredentialBadges } from './credential-badges.tsx';
import { DeleteCredential } from './delete-credential.tsx';
import { EditCredential } from './edit-credential.tsx';
import { KindIcon } from './kind-icon.tsx';
import { TryOutBox } from './try-out-box.tsx';
import { UsedIn } from './used-in.tsx';

/** One credential: its form, whether it works, what uses it, and who opened it when. */
export function CredentialView({ credential }: { credential: CredentialDetail }) {
  const path = useWorkspacePath();
  const may = useMay();
  const [dirty, setDirty] = useState(false);
  const kind = findCredentialType(credential.type);
  const { id, name, createdBy, createdAt, problem, mayManage, mayUse } = credential;
  const connects = kind?.connects?.(credential.fields) ?? false;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 px-4 py-6 sm:px-8 sm:py-8">
      <header className="flex flex-col gap-3">
        <Link
          href={path('credentials')}
          className="inline-flex items-center gap-1 self-start rounded text-foreground-muted text-xs hover:text-foreground"
        >
          <ChevronLeft className="size-3.5" />
          Credentials
        </Link>
        <div className="flex flex-wrap items-start gap-3">
          <KindIcon kind={kind} className="size-10" />
          <div className="min-w-0 flex-1">
            <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold text-xl tracking-tight wrap-anywhere">
              {name}
              <CredentialBadges credential={credential} />
            </h1>
            <p className="text-foreground-muted text-ui">
              {kind?.name ?? credential.type}
              {createdBy ? ` · made by ${createdBy.name}` : ' · made'} <RelativeTime date={createdAt} />
            </p>
          </div>
          {mayManage ? <DeleteCredential credential={credential} /> : null}
        </div>
        {problem ? <Callout tone="danger">{problem}</Callout> : null}
        {mayManage ? null : (
          <Callout tone="info">
            {mayUse
              ? 'You may use it in workflows. Only whoever made it, or an admin, may change it.'
              : 'You may only look. Only whoever made it, or an admin, may change it.'}
          </Callout>
        )}
      </header>
      {connects && mayManage ? (
        <Card>
          <CardHeader title="Connection" description="The provider’s yes, given by a person." />
          <div className="px-5 pb-5">
            <ConnectBox credential={credential} disabled={dirty} />
          </div>
        </Card>
      ) : null}
      {kind ? <EditCredential credential={credential} kind={kind} onDirty={setDirty} /> : null}
      {kind?.test && mayUse && may.edit ? (
        <Card>
          <CardHeader
            title="Try it out"
            description="Uses what is saved, once, where that changes nothing."
          />
          <div className="px-5 pb-5">
            <TryOutBox id={id} kind={kind} allowedHosts={credential.allowedHosts} disabled={dirty} />
          </div>
        </Card>
      ) : null}
      <UsedIn workflows={credential.usedIn} />
      {may.edit ? <AccessLog id={id} /> : null}
    </div>
  );
}
