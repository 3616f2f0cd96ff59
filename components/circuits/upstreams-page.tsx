'use client';
import { Page } from '#components/layout/page.tsx';
import { CircuitList } from './circuit-list.tsx';

export function UpstreamsPage() {
  return (
    <Page
      title="Upstreams"
      description="Hosts that your workflows call and that failed lately. One that keeps failing is left alone for a while."
    >
      <CircuitList />
    </Page>
  );
}
