import type { Metadata } from 'next';
import { connection } from 'next/server';
import { ApiReference } from '#components/api-reference/api-reference.tsx';
import { getReference } from '#server/rest/reference.ts';

export const metadata: Metadata = {
  title: 'API reference',
  description: 'Every endpoint of the LinkFlow API, with what it takes, what it answers and an example.',
};

export default async function ApiReferencePage() {
  await connection(); // its examples name the address of this server
  return <ApiReference reference={getReference()} />;
}
