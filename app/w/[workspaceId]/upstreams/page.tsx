import type { Metadata } from 'next';
import { UpstreamsPage } from '#components/circuits/upstreams-page.tsx';

export const metadata: Metadata = { title: 'Upstreams' };

export default function Page() {
  return <UpstreamsPage />;
}
