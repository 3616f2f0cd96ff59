import type { Metadata } from 'next';
import { DeadLettersPage } from '#components/dead-letters/dead-letters-page.tsx';

export const metadata: Metadata = { title: 'Failed' };

export default function Page() {
  return <DeadLettersPage />;
}
