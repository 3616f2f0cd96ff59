import {
  BadgeCheck,
  Braces,
  FileKey,
  Inbox,
  KeyRound,
  Link2,
  LockKeyhole,
  type LucideIcon,
  Rows3,
  Send,
  ShieldCheck,
  Signature,
  Smartphone,
  Ticket,
  UserRoundKey,
} from 'lucide-react';
import { cn } from '#lib/cn.ts';
import type { CredentialType } from '#nodes/credential-types/define.ts';

/** The icons that kinds name. A new one is one line here; an unknown name shows a lock instead of failing. */
const ICONS: Readonly<Record<string, LucideIcon>> = {
  'badge-check': BadgeCheck,
  braces: Braces,
  'file-key': FileKey,
  inbox: Inbox,
  'key-round': KeyRound,
  'link-2': Link2,
  'rows-3': Rows3,
  send: Send,
  'shield-check': ShieldCheck,
  signature: Signature,
  smartphone: Smartphone,
  ticket: Ticket,
  'user-round-key': UserRoundKey,
};

export const kindIcons: ReadonlySet<string> = new Set(Object.keys(ICONS));

export function KindIcon({
  kind,
  className,
}: {
  kind: Pick<CredentialType, 'icon'> | undefined;
  className?: string;
}) {
  const Icon = ICONS[kind?.icon ?? ''] ?? LockKeyhole;
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-lg bg-muted text-foreground-muted',
        className,
      )}
    >
      <Icon className="size-4" />
    </span>
  );
}
