import type { Metadata } from 'next';
import { ExecutionPage } from '#components/editor/execution/execution-page.tsx';

export const metadata: Metadata = { title: 'Execution' };

export default async function Page({ params }: { params: Promise<{ executionId: string }> }) {
  const { executionId } = await params;
  return <ExecutionPage key={executionId} executionId={executionId} />;
}
