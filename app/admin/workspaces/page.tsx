import type { Metadata } from 'next';
import { WorkspacesPage } from '#components/admin/workspaces-page.tsx';

export const metadata: Metadata = { title: 'Workspaces' };

export default function Page() {
  return <WorkspacesPage />;
}
