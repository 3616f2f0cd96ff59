import { ArrowRight, FileDown, GitFork, type LucideIcon, ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button.tsx';
import { PublicFrame } from './public-frame.tsx';
import { WorkflowPicture } from './workflow-picture.tsx';

const REASONS: readonly { Icon: LucideIcon; title: string; text: string }[] = [
  {
    Icon: ShieldCheck,
    title: 'Nothing gets lost',
    text: 'A call is stored before it is answered, and each step is written down. After a crash a run goes on where it was, without sending anything twice.',
  },
  {
    Icon: GitFork,
    title: 'Branches at the same time',
    text: 'What does not depend on each other runs in parallel, and joins wait for all. You see each item move, and what every step made of it.',
  },
  {
    Icon: FileDown,
    title: 'Bring what you have',
    text: 'Paste a workflow from n8n: nodes, expressions and layout come along, and a report names every step that deserves a look.',
  },
];

/** What a visitor sees who is not signed in. */
export function LandingPage({ sells }: { sells: boolean }) {
  return (
    <PublicFrame signedIn={false} sells={sells}>
      <section className="mx-auto flex w-full max-w-3xl flex-col items-center px-4 pt-12 pb-10 text-center sm:pt-20 sm:pb-14">
        <h1 className="text-4xl font-semibold tracking-[-0.03em] sm:text-[3.5rem] sm:leading-[1.06]">
          Automation you can watch, and trust when you don’t
        </h1>
        <p className="mt-5 max-w-xl text-base text-foreground-muted sm:text-lg">
          Connect your tools on a canvas. See every step run with its real data. Then let it work on its own.
        </p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <Button asChild variant="primary" size="lg">
            <Link href="/signup">
              Start building
              <ArrowRight />
            </Link>
          </Button>
          <Button asChild size="lg">
            <Link href="/login">Log in</Link>
          </Button>
        </div>
      </section>
      <div className="mx-auto w-full max-w-6xl sm:px-8">
        <WorkflowPicture />
      </div>
      <section aria-label="Why LinkFlow" className="mx-auto w-full max-w-6xl px-4 py-14 sm:px-8 sm:py-20">
        <ul className="grid gap-8 sm:grid-cols-3 sm:gap-10">
          {REASONS.map(({ Icon, title, text }) => (
            <li key={title} className="flex flex-col gap-2">
              <Icon aria-hidden="true" className="size-5 text-accent-text" />
              <h2 className="text-sm font-semibold">{title}</h2>
              <p className="text-ui text-foreground-muted">{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </PublicFrame>
  );
}
