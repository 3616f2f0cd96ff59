import type { Metadata } from 'next';
import { CredentialPage } from '#components/credentials/credential-page.tsx';

export const metadata: Metadata = { title: 'Credential' };

export default async function Page({ params }: { params: Promise<{ credentialId: string }> }) {
  const { credentialId } = await params;
  return <CredentialPage key={credentialId} credentialId={credentialId} />;
}
