import type { Metadata } from 'next';
import { ApprovalCard } from '#components/approvals/approval-card.tsx';

/** The token is a secret: it must not travel to other sites as a referrer, nor into a search engine. */
export const metadata: Metadata = {
  title: 'Approval',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
};

/** Shows the question only: chats fetch links to show what is behind them, so a visit must never decide. */
export default async function ApprovalLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return <ApprovalCard token={token} />;
}
