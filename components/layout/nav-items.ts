import {
  Activity,
  CreditCard,
  FolderOpen,
  Gauge,
  KeyRound,
  LockKeyhole,
  type LucideIcon,
  PlugZap,
  ScrollText,
  Settings,
  Table2,
  TriangleAlert,
  UserCheck,
  Users,
  Workflow,
} from 'lucide-react';

export interface NavItem {
  /** Segment after /w/<id>/. */
  page: string;
  label: string;
  /** Only owners and admins have something to do there. */
  administers?: boolean;
  Icon: LucideIcon;
}

/** The sidebar and the command palette show the same list. */
export const NAV_ITEMS: readonly NavItem[] = [
  { page: 'workflows', label: 'Workflows', Icon: Workflow },
  { page: 'executions', label: 'Executions', Icon: Activity },
  { page: 'failed', label: 'Failed', Icon: TriangleAlert },
  { page: 'approvals', label: 'Approvals', Icon: UserCheck },
  { page: 'tables', label: 'Tables', Icon: Table2 },
  { page: 'files', label: 'Files', Icon: FolderOpen },
  { page: 'credentials', label: 'Credentials', Icon: LockKeyhole },
  { page: 'upstreams', label: 'Upstreams', Icon: PlugZap },
  { page: 'members', label: 'Members', Icon: Users },
  { page: 'api-keys', label: 'API keys', Icon: KeyRound },
  { page: 'audit', label: 'Audit log', Icon: ScrollText },
  { page: 'usage', label: 'Usage', Icon: Gauge },
  { page: 'billing', label: 'Billing', administers: true, Icon: CreditCard },
  { page: 'settings', label: 'Settings', Icon: Settings },
];
