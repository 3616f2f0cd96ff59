'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { isId } from '#lib/id.ts';
import { type ExecutionStatus, executionStatusSchema } from '#server/executions/schema.ts';

export interface ExecutionFilter {
  workflowId?: string;
  status?: ExecutionStatus;
}

/** The filter lives in the address, so that it can be linked to and survives going back. */
export function useExecutionFilter(): {
  filter: ExecutionFilter;
  setFilter: (filter: ExecutionFilter) => void;
} {
  const query = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const workflowId = query.get('workflowId') ?? '';
  const status = executionStatusSchema.safeParse(query.get('status'));
  return {
    filter: {
      ...(isId(workflowId) && { workflowId }),
      ...(status.success && { status: status.data }),
    },
    setFilter: (filter) => {
      const text = new URLSearchParams({ ...filter }).toString();
      router.replace(text ? `${pathname}?${text}` : pathname, { scroll: false });
    },
  };
}
