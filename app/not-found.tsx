import type { Metadata } from 'next';
import { NotFoundMessage } from '#components/layout/not-found-message.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <div className="flex min-h-dvh flex-col">
      <NotFoundMessage />
    </div>
  );
}
