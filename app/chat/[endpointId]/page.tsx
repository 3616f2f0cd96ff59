import type { Metadata } from 'next';
import { ChatStart } from '#components/chat/chat-start.tsx';

export const metadata: Metadata = { title: 'Chat', robots: { index: false, follow: false } };

export default async function ChatPage({ params }: { params: Promise<{ endpointId: string }> }) {
  const { endpointId } = await params;
  return <ChatStart endpointId={endpointId} />;
}
