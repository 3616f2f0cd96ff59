import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { FormStart } from '#components/forms/form-start.tsx';
import { PASS_HEADER } from '#server/triggers/visit-pass.ts';

export const metadata: Metadata = { title: 'Form', robots: { index: false, follow: false } };

export default async function FormStartPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const [{ endpointId }, given] = await Promise.all([params, headers()]);
  return <FormStart endpointId={endpointId} pass={given.get(PASS_HEADER) ?? undefined} />;
}
