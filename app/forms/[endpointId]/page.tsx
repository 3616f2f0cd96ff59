import type { Metadata } from 'next';
import { FormStart } from '#components/forms/form-start.tsx';

export const metadata: Metadata = { title: 'Form', robots: { index: false, follow: false } };

export default async function FormStartPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const { endpointId } = await params;
  return <FormStart endpointId={endpointId} />;
}
