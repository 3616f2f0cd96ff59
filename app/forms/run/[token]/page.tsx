import type { Metadata } from 'next';
import { FormRun } from '#components/forms/form-run.tsx';

/** The token is a secret: it must not travel to other sites as a referrer, nor into a search engine. */
export const metadata: Metadata = {
  title: 'Form',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

export default async function FormRunPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <FormRun token={token} />;
}
