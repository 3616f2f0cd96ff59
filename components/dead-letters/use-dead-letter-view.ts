'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { isId } from '#lib/id.ts';

export interface DeadLetterView {
  view: 'groups' | 'list';
  workflowId?: string;
  /** Only in the list: the whole message of one group. */
  message?: string;
}

/** Addresses have an end: the list of a group with a longer message shows all of its workflow. */
const MAX_MESSAGE = 2_000;

/** View and filter live in the address, so that they can be linked to and survive going back. */
export function useDeadLetterView() {
  const query = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const workflowId = query.get('workflowId') ?? '';
  const message = query.get('message');
  const inList = query.get('view') === 'list';
  const shown: DeadLetterView = {
    view: inList ? 'list' : 'groups',
    ...(isId(workflowId) && { workflowId }),
    ...(inList && message !== null && { message }),
  };
  const hrefOf = ({ view, workflowId, message }: DeadLetterView): string => {
    const text = new URLSearchParams({
      ...(view === 'list' && { view }),
      ...(workflowId && { workflowId }),
      ...(message !== undefined && message.length <= MAX_MESSAGE && { message }),
    }).toString();
    return text ? `${pathname}?${text}` : pathname;
  };
  return {
    shown,
    hrefOf,
    show: (next: DeadLetterView) => router.replace(hrefOf(next), { scroll: false }),
  };
}
