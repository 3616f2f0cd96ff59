'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { useTRPC } from '#components/trpc/client.tsx';
import { errorMessage } from '#components/trpc/errors.ts';
import { saveFile } from '#components/ui/save-file.ts';
import { csvCell } from '#lib/csv-cell.ts';
import type { AuditEntry } from '#server/audit/schema.ts';

const PAGE = 200;
/** More is for the API. */
const MAX_ENTRIES = 20_000;

/** Saves all entries of the filter as a file, page after page. */
export function useAuditExport(filter: { subject?: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [pending, setPending] = useState(false);
  const save = async () => {
    setPending(true);
    try {
      const entries: AuditEntry[] = [];
      let cursor: string | undefined;
      do {
        const page = await queryClient.fetchQuery(
          trpc.audit.list.queryOptions({ ...filter, limit: PAGE, ...(cursor ? { cursor } : {}) }),
        );
        entries.push(...page.data);
        cursor = page.nextCursor ?? undefined;
      } while (cursor && entries.length < MAX_ENTRIES);
      saveFile('audit-log.csv', toCsv(entries));
      if (cursor) toast.warning(`The newest ${MAX_ENTRIES.toLocaleString('en')} entries are in the file.`);
    } catch (error) {
      toast.error(errorMessage(error));
    } finally {
      setPending(false);
    }
  };
  return { save, pending };
}

function toCsv(entries: readonly AuditEntry[]): string {
  const head = ['at', 'action', 'user', 'email', 'subjectId', 'before', 'after'];
  const lines = entries.map(({ at, action, user, subjectId, before, after }) => [
    at.toISOString(),
    action,
    user?.name,
    user?.email,
    subjectId,
    before === null ? '' : JSON.stringify(before),
    after === null ? '' : JSON.stringify(after),
  ]);
  return [head, ...lines].map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}
