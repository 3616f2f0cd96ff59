'use client';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Page } from '#components/layout/page.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select.tsx';
import { useMay } from '#components/workspaces/me-provider.tsx';
import { AuditList } from './audit-list.tsx';
import { SUBJECTS } from './audit-words.ts';
import { useAuditExport } from './use-audit-export.ts';

const ALL = 'all';

export function AuditPage() {
  const may = useMay();
  const [subject, setSubject] = useState<string>(ALL);
  const filter = subject === ALL ? {} : { subject };
  const { save, pending } = useAuditExport(filter);
  if (!may.administer)
    return (
      <Page title="Audit log" description="Who did what in this workspace.">
        <Card>
          <EmptyState title="For admins only">Ask an admin of the workspace what happened.</EmptyState>
        </Card>
      </Page>
    );
  return (
    <Page
      title="Audit log"
      description="Who did what in this workspace, newest first."
      actions={
        <Button pending={pending} onClick={() => void save()}>
          <Download />
          Export CSV
        </Button>
      }
    >
      <div className="mb-3">
        <Select value={subject} onValueChange={setSubject}>
          <SelectTrigger aria-label="About" className="w-full sm:w-56">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={ALL}>Everything</SelectItem>
            {Object.entries(SUBJECTS).map(([value, label]) => (
              <SelectItem key={value} value={value}>
                {label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <AuditList filter={filter} />
    </Page>
  );
}
