import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { ChatStart } from '#components/chat/chat-start.tsx';
import { PASS_HEADER } from '#server/triggers/visit-pass.ts';

export const metadata: Metadata = { title: 'Chat', robots: { index: false, follow: false } };

export default async function ChatPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const [{ endpointId }, given] = await Promise.all([params, headers()]);
  return <ChatStart endpointId={endpointId} pass={given.get(PASS_HEADER) ?? undefined} />;
}
