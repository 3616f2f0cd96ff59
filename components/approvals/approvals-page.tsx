'use client';
import { Page } from '#components/layout/page.tsx';
import { ApprovalList } from './approval-list.tsx';

export function ApprovalsPage() {
  return (
    <Page
      narrow
      title="Approvals"
      description="Workflows that have stopped to ask a person. They go on as soon as somebody decides."
    >
      <ApprovalList />
    </Page>
  );
}
